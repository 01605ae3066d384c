package org.stylemining.data.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A street with traffic and people. Which scene it is depends on the random numbers alone, not on
 * the look.
 */
final class StreetScene {
  private record Thing(double z, Runnable paint) {}

  private final Canvas canvas;
  private final SplittableRandom random;
  private final Camera camera;
  private final double roadHalf;
  private final double kerb;
  private final List<Thing> things = new ArrayList<>();
  private final List<double[]> taken = new ArrayList<>();

  private StreetScene(Canvas canvas, SplittableRandom random) {
    this.canvas = canvas;
    this.random = random;
    this.roadHalf = 4.2 + 2.0 * random.nextDouble();
    this.kerb = roadHalf + 1.8 + 1.6 * random.nextDouble();
    this.camera =
        new Camera(
            canvas.width() * (0.5 + 0.12 * (random.nextDouble() - 0.5)),
            canvas.height() * (0.42 + 0.08 * random.nextDouble()),
            canvas.width() * 0.75,
            1.5 + 0.3 * random.nextDouble(),
            roadHalf * (0.25 + 0.2 * random.nextDouble()));
  }

  /**
   * Paints a scene.
   *
   * @param rare which of the rarer vehicles is certainly in it (0..5), so that a small set has all
   *     of them
   */
  static void paint(Canvas canvas, SplittableRandom random, int rare) {
    StreetScene scene = new StreetScene(canvas, random);
    Scenery scenery = new Scenery(canvas, scene.camera, random.split(), scene.roadHalf, scene.kerb);
    scenery.paintSkyAndGround();
    scenery.paintSides();
    scene.traffic(rare);
    scene.roadsides();
    scene.things.sort(Comparator.comparingDouble(Thing::z).reversed());
    scene.things.forEach(thing -> thing.paint().run());
  }

  private void traffic(int rare) {
    Vehicles vehicles = new Vehicles(canvas, camera, random.split());
    Figures figures = new Figures(canvas, camera, random.split());
    double lane = roadHalf * 0.5;
    for (int kind = 0; kind < 6; kind++) {
      if (kind != rare && random.nextInt(6) != 0) {
        continue;
      }
      double x = (random.nextInt(3) == 0 ? 1 : -1) * lane;
      switch (kind) {
        case 0 -> place(x, 9, 20, 3.2, z -> vehicles.truck(x, z));
        case 1 -> place(x, 9, 20, 3.4, z -> vehicles.bus(x, z));
        case 2 -> place(-lane, 9, 20, 4, z -> vehicles.train(-lane, z));
        case 3 -> place(x, 6, 14, 2, z -> figures.motorcycle(x, z, true));
        case 4 -> place(x, 6, 14, 2, z -> figures.bicycle(x, z, true));
        default -> {
          double edge = -(kerb - 0.7);
          place(edge, 6, 12, 2, z -> figures.motorcycle(edge, z, false));
        }
      }
    }
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      boolean parked = random.nextInt(5) < 2;
      double side = random.nextInt(5) < 2 ? 1 : -1;
      double x = side * (parked ? roadHalf - 1.1 : lane);
      place(x, 7, 34, 2.4, z -> vehicles.car(x, z));
    }
  }

  private void roadsides() {
    Figures figures = new Figures(canvas, camera, random.split());
    StreetFurniture furniture = new StreetFurniture(canvas, camera, random.split());
    Plants plants = new Plants(canvas, camera, random.split());
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      double x =
          random.nextInt(6) == 0
              ? roadHalf * (random.nextDouble() - 0.5)
              : side() * (roadHalf + 0.6 + (kerb - roadHalf - 0.8) * random.nextDouble());
      place(x, 6, 20, 0.8, z -> figures.person(x, z));
    }
    if (random.nextInt(3) == 0) {
      double x = side() * (kerb - 0.6);
      place(x, 6, 14, 1.6, z -> figures.bicycle(x, z, false));
    }
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      double x = side() * (roadHalf + 0.45);
      place(x, 7, 36, 0.6, z -> furniture.lamp(x, z));
    }
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      double x = side() * (roadHalf + 0.4);
      place(x, 7, 18, 0.8, z -> furniture.trafficLight(x, z));
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      double x = side() * (roadHalf + 0.5);
      place(x, 6, 18, 0.8, z -> furniture.sign(x, z));
    }
    if (random.nextInt(3) == 0) {
      double x = side() * (kerb - 0.4);
      place(x, 9, 26, 0.8, z -> plants.tree(x, z));
    }
  }

  private int side() {
    return random.nextBoolean() ? 1 : -1;
  }

  private interface PaintAt {
    void at(double z);
  }

  /**
   * Puts a thing at a free place between two distances, if one is found; near places are as likely
   * as far ones.
   */
  private void place(double x, double near, double far, double room, PaintAt paint) {
    for (int trial = 0; trial < 8; trial++) {
      double z = near + (far - near) * random.nextDouble() * random.nextDouble();
      double depth = room > 2 ? room * 1.6 : room;
      boolean free =
          taken.stream()
              .noneMatch(
                  other ->
                      Math.abs(other[0] - x) < 0.5 * (room + other[2]) * 0.8
                          && Math.abs(other[1] - z) < Math.max(depth, other[3]));
      if (free) {
        taken.add(new double[] {x, z, Math.min(room, 2.4), depth});
        things.add(new Thing(z, () -> paint.at(z)));
        return;
      }
    }
  }
}
