package org.stylemining.data.demo;

import java.awt.Color;
import java.util.SplittableRandom;

/** Trees and bushes. */
record Plants(Canvas canvas, Camera camera, SplittableRandom random) {
  void tree(double x, double z) {
    double high = 3.5 + 3.5 * random.nextDouble();
    canvas.fill(
        TrainId.VEGETATION,
        camera.facing(x - 0.16, x + 0.16, 0, high * 0.6, z),
        Tint.pick(random, 0x5A4632, 0x4A3C30),
        z);
    crown(x, high * 0.68, z, high * 0.3, 14);
  }

  void bush(double x, double z, double size) {
    crown(x, size * 0.5, z, size, 8);
  }

  /** Overlapping balls of leaves, the darker ones below. */
  private void crown(double x, double h, double z, double size, int balls) {
    Color leaves = Tint.pick(random, 0x4C7A34, 0x5E8A3C, 0x3F6A32, 0x74883A);
    for (int i = 0; i < balls; i++) {
      double rise = size * (1.6 * i / balls - 0.8);
      double out = size * 0.8 * (2 * random.nextDouble() - 1);
      double radius = size * (0.35 + 0.3 * random.nextDouble());
      Color shade = Tint.vary(Tint.darker(leaves, 0.72 + 0.5 * i / balls), 10, random);
      canvas.fill(
          TrainId.VEGETATION,
          camera.disc(x + out, Math.max(radius * 0.6, h + rise), z, radius, radius * 0.85),
          shade,
          z);
    }
  }
}
