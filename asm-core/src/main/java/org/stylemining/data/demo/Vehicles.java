package org.stylemining.data.demo;

import java.awt.Color;
import java.awt.Shape;
import java.util.SplittableRandom;

/**
 * Cars, trucks, buses and trains, as boxes with windows, wheels and lamps; {@code z} is their near
 * end.
 */
record Vehicles(Canvas canvas, Camera camera, SplittableRandom random) {
  private static final Color GLASS = new Color(0x2C3844);
  private static final Color RUBBER = new Color(0x1E1E20);

  void car(double x, double z) {
    Color paint =
        Tint.pick(random, 0xB02A2A, 0x2A4A8A, 0xD8D8DC, 0x2C2E32, 0x7A8088, 0x3A6A4A, 0xC8A030);
    int id = TrainId.CAR;
    double half = 0.88;
    shadow(x, z, half, 4.2);
    box(id, x - half, x + half, 0.28, 0.92, z, z + 4.2, paint);
    box(
        id,
        x - half * 0.86,
        x + half * 0.86,
        0.92,
        1.45,
        z + 0.5,
        z + 3.0,
        Tint.darker(paint, 0.92));
    double inner = half * 0.78;
    canvas.fill(id, camera.facing(x - inner, x + inner, 0.98, 1.36, z + 0.5), GLASS, z);
    sideStrip(id, x, half * 0.86, 1.0, 1.36, z + 0.7, z + 2.8, GLASS);
    wheels(id, x, half, 0.32, z + 0.8, z + 3.3);
    canvas.fill(id, camera.facing(x - half, x + half, 0.28, 0.42, z), Tint.darker(paint, 0.6), z);
    lamps(id, x, half, 0.62, 0.82, z);
    canvas.fill(id, camera.facing(x - 0.26, x + 0.26, 0.5, 0.62, z), new Color(0xD8D8C8), z);
  }

  void truck(double x, double z) {
    int id = TrainId.TRUCK;
    Color cargo = Tint.pick(random, 0xE0DED8, 0x3A6AA0, 0xC0622A, 0x8A8C90, 0x4E7A50);
    Color cab = Tint.pick(random, 0xA83232, 0xE0DEDA, 0x2E4E80);
    double half = 1.2;
    shadow(x, z, half, 8);
    box(id, x - half * 0.95, x + half * 0.95, 0.4, 2.6, z + 5.6, z + 7.6, cab);
    box(id, x - half, x + half, 0.45, 0.9, z, z + 7.4, new Color(0x34363A));
    box(id, x - half, x + half, 0.9, 3.4, z, z + 5.4, cargo);
    for (double line = -0.6; line <= 0.6; line += 0.6) {
      double middle = x + line * half;
      canvas.fill(
          id,
          camera.facing(middle - 0.03, middle + 0.03, 0.95, 3.35, z),
          Tint.darker(cargo, 0.7),
          z);
    }
    sideStrip(id, x, half, 1.7, 2.2, z + 0.3, z + 5.1, Tint.darker(cargo, 0.8));
    wheels(id, x, half, 0.48, z + 1.0, z + 2.1, z + 6.4);
    lamps(id, x, half, 0.62, 0.84, z);
  }

  void bus(double x, double z) {
    int id = TrainId.BUS;
    Color paint = Tint.pick(random, 0xC83A2A, 0xE0B030, 0x2A7A9A, 0xE4E0D8);
    double half = 1.25;
    double length = 10;
    shadow(x, z, half, length);
    box(id, x - half, x + half, 0.35, 3.1, z, z + length, paint);
    canvas.fill(id, camera.facing(x - half * 0.86, x + half * 0.86, 1.6, 2.6, z), GLASS, z);
    canvas.fill(
        id, camera.facing(x - half * 0.5, x + half * 0.5, 2.72, 2.98, z), new Color(0x201C14), z);
    for (double from = z + 0.5; from + 1.4 < z + length; from += 1.7) {
      sideStrip(id, x, half, 1.5, 2.55, from, from + 1.4, GLASS);
    }
    sideStrip(id, x, half, 0.9, 1.1, z, z + length, Tint.darker(paint, 0.6));
    wheels(id, x, half, 0.5, z + 2, z + length - 2.2);
    lamps(id, x, half, 0.6, 0.85, z);
  }

  /** A tram on its rails. */
  void train(double x, double z) {
    int id = TrainId.TRAIN;
    Color paint = Tint.pick(random, 0xD8D4C8, 0xC8B040, 0xB8C4B0);
    Color band = Tint.pick(random, 0x8A2A34, 0x2A5A48, 0x2A3A7A);
    double half = 1.25;
    double length = 22;
    for (double rail : new double[] {-0.75, 0.75}) {
      canvas.fill(
          TrainId.ROAD,
          camera.level(x + rail - 0.05, x + rail + 0.05, 0, 2, z + length),
          new Color(0x909498),
          8);
    }
    shadow(x, z, half, length);
    box(id, x - half, x + half, 0.25, 3.5, z, z + length, paint);
    canvas.fill(id, camera.facing(x - half, x + half, 0.25, 1.25, z), band, z);
    sideStrip(id, x, half, 0.25, 1.25, z, z + length, band);
    canvas.fill(id, camera.facing(x - half * 0.8, x + half * 0.8, 1.5, 2.7, z), GLASS, z);
    for (double from = z + 0.8; from + 1.8 < z + length; from += 2.3) {
      sideStrip(id, x, half, 1.55, 2.6, from, from + 1.8, GLASS);
    }
    canvas.glow(id, camera.disc(x, 3.1, z, 0.18, 0.18), new Color(0xFFF0C8), z);
    lamps(id, x, half, 0.7, 0.95, z);
  }

  /**
   * The faces of a box that the camera sees: a side, the top where it is below the camera, the near
   * end.
   */
  private void box(
      int id, double x1, double x2, double h1, double h2, double z1, double z2, Color paint) {
    double middle = 0.5 * (z1 + z2);
    Color side = Tint.darker(paint, 0.74);
    if (camera.x() < x1) {
      canvas.fill(id, camera.alongside(x1, h1, h2, z1, z2), side, middle);
    } else if (camera.x() > x2) {
      canvas.fill(id, camera.alongside(x2, h1, h2, z1, z2), side, middle);
    }
    if (h2 < camera.height()) {
      canvas.fill(id, camera.level(x1, x2, h2, z1, z2), Tint.darker(paint, 1.15), middle);
    }
    canvas.fill(id, camera.facing(x1, x2, h1, h2, z1), paint, z1);
  }

  /** Something on the side the camera sees, if it sees one. */
  private void sideStrip(
      int id, double x, double half, double h1, double h2, double z1, double z2, Color paint) {
    if (Math.abs(camera.x() - x) > half) {
      double side = camera.x() < x ? x - half : x + half;
      canvas.fill(id, camera.alongside(side, h1, h2, z1, z2), paint, z1);
    }
  }

  private void wheels(int id, double x, double half, double radius, double... at) {
    double near = at[0];
    canvas.fill(id, camera.facing(x - half, x - half + 0.24, 0, radius, near - 0.4), RUBBER, near);
    canvas.fill(id, camera.facing(x + half - 0.24, x + half, 0, radius, near - 0.4), RUBBER, near);
    if (Math.abs(camera.x() - x) > half) {
      double side = camera.x() < x ? x - half : x + half;
      for (double z : at) {
        canvas.fill(id, camera.wheel(side, radius, z, radius), RUBBER, z);
        canvas.fill(id, camera.wheel(side, radius, z, radius * 0.5), new Color(0xA8A8AC), z);
      }
    }
  }

  /**
   * White lamps left of the middle, where traffic comes towards the camera, red ones on the right.
   */
  private void lamps(int id, double x, double half, double h1, double h2, double z) {
    boolean dark = canvas.look() == Look.DUSK;
    Color lamp =
        x < 0 ? new Color(dark ? 0xFFF4D8 : 0xE8E8E0) : new Color(dark ? 0xFF4A30 : 0xA82420);
    for (int side = -1; side <= 1; side += 2) {
      double outer = x + side * half;
      double inner = x + side * (half - 0.32);
      Shape shape = camera.facing(Math.min(outer, inner), Math.max(outer, inner), h1, h2, z);
      if (dark) {
        canvas.glow(id, shape, lamp, z);
      } else {
        canvas.fill(id, shape, lamp, z);
      }
    }
  }

  private void shadow(double x, double z, double half, double length) {
    canvas.veil(
        camera.level(x - half - 0.2, x + half + 0.2, 0, z - 0.3, z + length + 0.2),
        Color.BLACK,
        canvas.look() == Look.SUNNY ? 110 : 60);
  }
}
