package org.stylemining.data.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.SplittableRandom;

/** People on foot, and two-wheelers with and without riders, seen from the side. */
record Figures(Canvas canvas, Camera camera, SplittableRandom random) {
  private static final int[] CLOTHES = {
    0xA83A3A, 0x2E4A80, 0x3C3C42, 0xC8B48A, 0x4A7048, 0x70407A, 0xD8D4CC, 0xC87A2E
  };
  private static final int[] SKIN = {0xE0B090, 0xA87850, 0x70482E, 0xD09C78};
  private static final Color RUBBER = new Color(0x242426);

  void person(double x, double z) {
    double tall = 1.55 + 0.3 * random.nextDouble();
    int id = TrainId.PERSON;
    double stride = 0.05 + 0.18 * random.nextDouble();
    Color trousers = Tint.pick(random, 0x2C3444, 0x3A3026, 0x54565C, 0x1E2024);
    Color coat = Tint.pick(random, CLOTHES);
    canvas.veil(camera.disc(x, 0, z, 0.4, 0.07), Color.BLACK, 70);
    limb(id, x - 0.06, tall * 0.5, x - stride - 0.04, 0, z, 0.17, trousers);
    limb(id, x + 0.06, tall * 0.5, x + stride + 0.04, 0, z, 0.17, trousers);
    limb(id, x - 0.2, tall * 0.78, x - 0.24 - stride * 0.5, tall * 0.46, z, 0.12, coat);
    limb(id, x + 0.2, tall * 0.78, x + 0.24 + stride * 0.5, tall * 0.46, z, 0.12, coat);
    canvas.fill(
        id,
        camera.polygon(
            x - 0.24,
            tall * 0.84,
            z,
            x + 0.24,
            tall * 0.84,
            z,
            x + 0.19,
            tall * 0.45,
            z,
            x - 0.19,
            tall * 0.45,
            z),
        coat,
        z);
    head(id, x, tall * 0.92, z);
  }

  void bicycle(double x, double z, boolean ridden) {
    int id = TrainId.BICYCLE;
    int way = random.nextBoolean() ? 1 : -1;
    Color frame = Tint.pick(random, 0xA83232, 0x2A5A8A, 0x30343A, 0x3A7A4A);
    for (double wheel : new double[] {-0.52, 0.52}) {
      canvas.fill(id, camera.disc(x + wheel, 0.34, z, 0.34, 0.34), RUBBER, z);
      canvas.fill(id, camera.disc(x + wheel, 0.34, z, 0.26, 0.26), new Color(0x76787C), z);
    }
    limb(id, x - way * 0.52, 0.34, x - way * 0.15, 0.85, z, 0.08, frame);
    limb(id, x - way * 0.15, 0.8, x + way * 0.4, 0.82, z, 0.08, frame);
    limb(id, x, 0.34, x + way * 0.4, 0.82, z, 0.08, frame);
    limb(id, x + way * 0.52, 0.34, x + way * 0.38, 1.05, z, 0.08, frame);
    if (ridden) {
      rider(x - way * 0.12, 0.92, z, way, false);
    } else {
      limb(id, x - way * 0.3, 0.9, x, 0.9, z, 0.1, RUBBER);
    }
  }

  void motorcycle(double x, double z, boolean ridden) {
    int id = TrainId.MOTORCYCLE;
    int way = random.nextBoolean() ? 1 : -1;
    Color paint = Tint.pick(random, 0xB02828, 0x26282C, 0x2848A0, 0xC88A20);
    for (double wheel : new double[] {-0.68, 0.68}) {
      canvas.fill(id, camera.disc(x + wheel, 0.33, z, 0.33, 0.33), RUBBER, z);
      canvas.fill(id, camera.disc(x + wheel, 0.33, z, 0.17, 0.17), new Color(0x9A9CA0), z);
    }
    canvas.fill(
        id,
        camera.polygon(
            x - way * 0.75,
            0.75,
            z,
            x + way * 0.1,
            0.62,
            z,
            x + way * 0.45,
            0.98,
            z,
            x + way * 0.6,
            0.5,
            z,
            x + way * 0.25,
            0.22,
            z,
            x - way * 0.4,
            0.25,
            z),
        new Color(0x3A3C40),
        z);
    canvas.fill(
        id,
        camera.polygon(
            x - way * 0.05,
            0.66,
            z,
            x + way * 0.15,
            0.98,
            z,
            x + way * 0.5,
            0.95,
            z,
            x + way * 0.45,
            0.62,
            z),
        paint,
        z);
    limb(id, x + way * 0.68, 0.33, x + way * 0.42, 1.1, z, 0.09, new Color(0x8A8C90));
    if (ridden) {
      rider(x - way * 0.25, 0.8, z, way, true);
    }
  }

  private void rider(double x, double seat, double z, int way, boolean helmet) {
    int id = TrainId.RIDER;
    Color coat = Tint.pick(random, CLOTHES);
    Color trousers = Tint.pick(random, 0x2C3444, 0x3A3026, 0x54565C);
    limb(id, x, seat, x + way * 0.32, seat - 0.28, z, 0.18, trousers);
    limb(id, x + way * 0.32, seat - 0.28, x + way * 0.18, seat - 0.62, z, 0.15, trousers);
    limb(id, x, seat, x + way * 0.2, seat + 0.58, z, 0.34, coat);
    limb(id, x + way * 0.2, seat + 0.5, x + way * 0.58, seat + 0.22, z, 0.13, coat);
    head(id, x + way * 0.27, seat + 0.78, z);
    if (helmet) {
      canvas.fill(
          id,
          camera.disc(x + way * 0.27, seat + 0.81, z, 0.16, 0.16),
          Tint.pick(random, 0xD8D8DA, 0x26282C, 0xB83030),
          z);
    }
  }

  private void head(int id, double x, double h, double z) {
    canvas.fill(id, camera.disc(x, h + 0.03, z, 0.13, 0.15), new Color(0x3A2A20), z);
    canvas.fill(id, camera.disc(x, h - 0.01, z, 0.11, 0.12), Tint.pick(random, SKIN), z);
  }

  private void limb(
      int id, double x1, double h1, double x2, double h2, double z, double thick, Color colour) {
    Shape line =
        new Line2D.Double(
            camera.column(x1, z), camera.row(h1, z), camera.column(x2, z), camera.row(h2, z));
    float width = (float) Math.max(0.7, thick * camera.scale(z));
    canvas.fill(
        id,
        new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
            .createStrokedShape(line),
        colour,
        z);
  }
}
