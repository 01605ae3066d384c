package org.stylemining.data.demo;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/**
 * What does not move: sky, ground, and what lines the street.
 *
 * @param roadHalf half of the road's width in metres
 * @param kerb where the sidewalk ends, in metres from the middle
 */
record Scenery(
    Canvas canvas, Camera camera, SplittableRandom random, double roadHalf, double kerb) {
  private static final double FAR = 90;

  void paintSkyAndGround() {
    canvas.sky(camera.horizon());
    clouds();
    skyline();
    double bottom = canvas.height() + 1;
    Path2D ground = new Path2D.Double();
    ground.moveTo(-1, camera.horizon() + 1.5);
    ground.lineTo(canvas.width() + 1, camera.horizon() + 1.5);
    ground.lineTo(canvas.width() + 1, bottom);
    ground.lineTo(-1, bottom);
    ground.closePath();
    Color grass = Tint.pick(random, 0x7C8F4A, 0x8F8A55, 0x6E8A48, 0x9A8B62);
    canvas.fill(TrainId.TERRAIN, ground, grass, 25);
    Color paving = Tint.pick(random, 0xA9A29A, 0xB4A79C, 0x9C9CA0, 0xB0907E);
    Color asphalt = Tint.pick(random, 0x5E5E62, 0x6A6764, 0x55585E);
    double z = FAR;
    // In slices, so that the haze thickens with the distance.
    while (z > 1) {
      double near = Math.max(0.9, z * 0.72);
      canvas.fill(
          TrainId.TERRAIN, camera.level(-60, 60, 0, near, z), Tint.vary(grass, 5, random), near);
      canvas.fill(TrainId.SIDEWALK, camera.level(-kerb, kerb, 0, near, z), paving, near);
      canvas.fill(TrainId.ROAD, camera.level(-roadHalf, roadHalf, 0, near, z), asphalt, near);
      z = near;
    }
    pavingJoints(paving);
    markings();
  }

  private void pavingJoints(Color paving) {
    for (double z = 24; z > 3; z -= 1.2) {
      for (int side = -1; side <= 1; side += 2) {
        double from = side * roadHalf;
        double to = side * kerb;
        canvas.fill(
            TrainId.SIDEWALK,
            camera.level(Math.min(from, to), Math.max(from, to), 0, z, z + 0.08),
            Tint.darker(paving, 0.84),
            z);
      }
    }
    for (int side = -1; side <= 1; side += 2) {
      double edge = side * roadHalf;
      canvas.fill(
          TrainId.SIDEWALK,
          camera.level(
              Math.min(edge, edge + side * 0.25), Math.max(edge, edge + side * 0.25), 0, 2, 60),
          Tint.vary(new Color(0xC8C4BC), 10, random),
          12);
    }
  }

  private void markings() {
    Color white = new Color(0xE4E2DA);
    for (double z = 50; z > 2; z -= 5) {
      canvas.fill(TrainId.ROAD, camera.level(-0.08, 0.08, 0, z, z + 2.4), white, z);
    }
    if (random.nextInt(3) == 0) {
      double z = 6 + random.nextDouble() * 8;
      for (double x = -roadHalf + 0.4; x < roadHalf - 0.6; x += 1.0) {
        canvas.fill(TrainId.ROAD, camera.level(x, x + 0.5, 0, z, z + 2.2), white, z);
      }
    }
  }

  private void clouds() {
    for (int i = random.nextInt(6); i > 0; i--) {
      double x = random.nextDouble() * canvas.width();
      double y = random.nextDouble() * camera.horizon() * 0.7;
      double size = canvas.width() * (0.03 + 0.05 * random.nextDouble());
      for (int puff = 0; puff < 6; puff++) {
        double wide = size * (0.8 + random.nextDouble());
        canvas.veil(
            new Ellipse2D.Double(
                x + size * 2.5 * (random.nextDouble() - 0.5),
                y + size * 0.4 * (random.nextDouble() - 0.5),
                wide,
                wide * 0.35),
            canvas.look().skyBottom,
            70);
      }
    }
  }

  private void skyline() {
    double x = -20;
    while (x < canvas.width() + 20) {
      double wide = canvas.width() * (0.03 + 0.06 * random.nextDouble());
      double high = canvas.height() * (0.02 + 0.09 * random.nextDouble());
      double top = camera.horizon() - high;
      if (random.nextInt(5) < 2) {
        Color wall = Tint.pick(random, 0xA08C78, 0x8E8E92, 0xB29A82);
        canvas.fill(TrainId.BUILDING, new Rectangle2D.Double(x, top, wide, high + 3), wall, 70);
      } else {
        Color leaves = Tint.pick(random, 0x4E7038, 0x5C7A3E);
        canvas.fill(
            TrainId.VEGETATION,
            new Ellipse2D.Double(x - wide * 0.3, top, wide * 1.6, 2 * high + 5),
            leaves,
            70);
      }
      x += wide * 0.9;
    }
  }

  /** Both sides of the street, from far to near. */
  void paintSides() {
    double[] z = {FAR, FAR};
    int[] previous = {-1, -1};
    while (z[0] > 1.2 || z[1] > 1.2) {
      int side = z[0] >= z[1] ? 0 : 1;
      double length = 6 + 9 * random.nextDouble();
      double near = Math.max(1.0, z[side] - length);
      int kind = random.nextInt(20);
      Roadside roadside =
          new Roadside(canvas, camera, random, side == 0 ? -1 : 1, kerb, near, z[side]);
      if (kind < 10 && !(previous[side] == 0 && random.nextInt(4) == 0)) {
        roadside.building();
        previous[side] = 0;
      } else if (kind < 13) {
        roadside.wall();
        previous[side] = 1;
      } else if (kind < 16) {
        roadside.fence();
        previous[side] = 1;
      } else {
        roadside.meadow();
        previous[side] = 1;
      }
      z[side] = near <= 1.0 ? 0 : near;
    }
  }
}
