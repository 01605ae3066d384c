package org.stylemining.data.demo;

import java.awt.Color;
import java.awt.Shape;
import java.util.SplittableRandom;

/** Poles, traffic lights and traffic signs. */
record StreetFurniture(Canvas canvas, Camera camera, SplittableRandom random) {
  private static final Color STEEL = new Color(0x7A7C80);

  void lamp(double x, double z) {
    double high = 5 + random.nextDouble();
    pole(x, z, high, 0.11);
    double arm = x < 0 ? 1.4 : -1.4;
    canvas.fill(
        TrainId.POLE,
        camera.facing(Math.min(x, x + arm), Math.max(x, x + arm), high - 0.12, high, z),
        STEEL,
        z);
    canvas.glow(
        TrainId.POLE,
        camera.disc(x + arm, high - 0.16, z, 0.28, 0.12),
        canvas.look() == Look.DUSK ? new Color(0xFFE2A8) : new Color(0xC8C8C4),
        z);
  }

  void trafficLight(double x, double z) {
    double high = 3.2 + 0.5 * random.nextDouble();
    pole(x, z, high, 0.09);
    canvas.fill(
        TrainId.LIGHT,
        camera.facing(x - 0.28, x + 0.28, high - 0.3, high + 1.0, z),
        new Color(0x25282A),
        z);
    int lit = random.nextInt(3);
    int[] on = {0xFF3A2A, 0xFFC23A, 0x3AF07A};
    int[] off = {0x5A2420, 0x5C4A20, 0x1E5030};
    for (int lamp = 0; lamp < 3; lamp++) {
      Shape disc = camera.disc(x, high + 0.78 - 0.42 * lamp, z, 0.16, 0.16);
      if (lamp == lit) {
        canvas.glow(TrainId.LIGHT, disc, new Color(on[lamp]), z);
      } else {
        canvas.fill(TrainId.LIGHT, disc, new Color(off[lamp]), z);
      }
    }
  }

  void sign(double x, double z) {
    double high = 2.4 + 0.5 * random.nextDouble();
    pole(x, z, high, 0.06);
    switch (random.nextInt(4)) {
      case 0 -> {
        canvas.fill(TrainId.SIGN, camera.disc(x, high, z, 0.45, 0.45), new Color(0xC8202A), z);
        canvas.fill(TrainId.SIGN, camera.disc(x, high, z, 0.3, 0.3), new Color(0xF0EEE8), z);
      }
      case 1 -> {
        canvas.fill(
            TrainId.SIGN,
            camera.polygon(x - 0.55, high - 0.4, z, x + 0.55, high - 0.4, z, x, high + 0.55, z),
            new Color(0xC8202A),
            z);
        canvas.fill(
            TrainId.SIGN,
            camera.polygon(x - 0.3, high - 0.26, z, x + 0.3, high - 0.26, z, x, high + 0.28, z),
            new Color(0xF4E9C0),
            z);
      }
      case 2 -> {
        canvas.fill(
            TrainId.SIGN,
            camera.facing(x - 0.42, x + 0.42, high - 0.42, high + 0.42, z),
            new Color(0x2458A8),
            z);
        canvas.fill(
            TrainId.SIGN,
            camera.facing(x - 0.12, x + 0.12, high - 0.25, high + 0.25, z),
            new Color(0xF0F0F0),
            z);
      }
      default -> {
        canvas.fill(
            TrainId.SIGN,
            camera.polygon(x - 0.5, high, z, x, high - 0.5, z, x + 0.5, high, z, x, high + 0.5, z),
            new Color(0xF0F0EA),
            z);
        canvas.fill(
            TrainId.SIGN,
            camera.polygon(
                x - 0.34, high, z, x, high - 0.34, z, x + 0.34, high, z, x, high + 0.34, z),
            new Color(0xE8B820),
            z);
      }
    }
  }

  private void pole(double x, double z, double high, double half) {
    canvas.fill(TrainId.POLE, camera.facing(x - half, x + half, 0, high, z), STEEL, z);
    canvas.fill(
        TrainId.POLE,
        camera.facing(x - half, x - half * 0.2, 0, high, z),
        Tint.darker(STEEL, 0.7),
        z);
  }
}
