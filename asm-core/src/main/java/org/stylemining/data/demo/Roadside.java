package org.stylemining.data.demo;

import java.awt.Color;
import java.util.SplittableRandom;

/**
 * A stretch of one side of the street.
 *
 * @param side -1 left, 1 right
 * @param edge metres from the middle of the road to the stretch
 * @param near where it begins, metres from the camera
 * @param far where it ends
 */
record Roadside(
    Canvas canvas,
    Camera camera,
    SplittableRandom random,
    int side,
    double edge,
    double near,
    double far) {
  /** Farther away than this, in metres, a window is smaller than a pixel. */
  private static final double WINDOWS_SEEN = 45;

  private double x(double beyondEdge) {
    return side * (edge + beyondEdge);
  }

  void building() {
    double setBack = random.nextInt(3) == 0 ? 1.5 : 0;
    double high = 5 + 10 * random.nextDouble();
    Color plaster =
        Tint.pick(random, 0xB98A6A, 0xC9B08C, 0xA65F4C, 0x9A9AA0, 0xD0C4AE, 0x8C7F74, 0xB5A7A0);
    double middle = 0.5 * (near + far);
    double x = x(setBack);
    canvas.fill(
        TrainId.BUILDING,
        camera.facing(x, x + side * 12, 0, high, near),
        Tint.darker(plaster, 0.72),
        near);
    canvas.fill(TrainId.BUILDING, camera.alongside(x, 0, high, near, far), plaster, middle);
    canvas.fill(
        TrainId.BUILDING,
        camera.alongside(x, high - 0.4, high, near, far),
        Tint.darker(plaster, 0.6),
        middle);
    Color ground = Tint.darker(plaster, 0.8);
    canvas.fill(TrainId.BUILDING, camera.alongside(x, 0, 0.6, near, far), ground, middle);
    if (near < WINDOWS_SEEN) {
      windows(x, high, plaster);
    }
  }

  private void windows(double x, double high, Color plaster) {
    Color glass = Tint.pick(random, 0x39485A, 0x4B5A66, 0x2F3640);
    Color frame = Tint.darker(plaster, 1.25);
    double floor = 2.9 + 0.5 * random.nextDouble();
    double step = 2.2 + random.nextDouble();
    boolean shop = random.nextInt(3) == 0;
    for (double h = 1.0; h + 1.6 < high; h += floor) {
      for (double z = far - step; z > near + 0.3; z -= step) {
        double tall = shop && h < 2 ? 2.0 : 1.5;
        canvas.fill(
            TrainId.BUILDING,
            camera.alongside(x, h - 0.12, h + tall + 0.12, z - 0.1, z + step * 0.55 + 0.1),
            frame,
            z);
        var pane = camera.alongside(x, h, h + tall, z, z + step * 0.55);
        if (random.nextDouble() < canvas.look().litWindows) {
          canvas.glow(TrainId.BUILDING, pane, Tint.vary(new Color(0xE8B868), 25, random), z);
        } else {
          canvas.fill(TrainId.BUILDING, pane, Tint.vary(glass, 12, random), z);
        }
      }
    }
  }

  void wall() {
    double high = 1.8 + 1.2 * random.nextDouble();
    plants(2.0, 3);
    Color stone = Tint.pick(random, 0x8C8078, 0xA3988A, 0x7C6A60, 0x9A8F8C);
    double middle = 0.5 * (near + far);
    canvas.fill(TrainId.WALL, camera.facing(x(0), x(0.4), 0, high, near), stone, near);
    canvas.fill(TrainId.WALL, camera.alongside(x(0), 0, high, near, far), stone, middle);
    Color joint = Tint.darker(stone, 0.82);
    for (double h = 0.45; h < high; h += 0.45) {
      canvas.fill(TrainId.WALL, camera.alongside(x(0), h, h + 0.06, near, far), joint, middle);
    }
    canvas.fill(
        TrainId.WALL,
        camera.alongside(x(0), high - 0.15, high, near, far),
        Tint.darker(stone, 1.15),
        middle);
  }

  void fence() {
    plants(2.5, 2);
    Color paint = Tint.pick(random, 0x6B4C35, 0xD8D4CC, 0x44504A, 0x8A6A4A);
    double high = 1.1 + 0.5 * random.nextDouble();
    for (double z = far; z > near; z -= 0.42) {
      canvas.fill(TrainId.FENCE, camera.alongside(x(0), 0, high, z - 0.24, z), paint, z);
    }
    double middle = 0.5 * (near + far);
    for (double h : new double[] {0.3, high - 0.25}) {
      canvas.fill(
          TrainId.FENCE,
          camera.alongside(x(0), h, h + 0.16, near, far),
          Tint.darker(paint, 0.8),
          middle);
    }
  }

  void meadow() {
    plants(1.5, 3);
  }

  private void plants(double from, int most) {
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      double z = far - (far - near) * (i + 0.5 * random.nextDouble()) / count;
      new Plants(canvas, camera, random).tree(x(from + 3 * random.nextDouble()), Math.max(3, z));
    }
    if (random.nextBoolean()) {
      new Plants(canvas, camera, random)
          .bush(x(from), Math.max(3, 0.5 * (near + far)), 0.7 + random.nextDouble());
    }
  }
}
