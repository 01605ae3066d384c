package org.stylemining.data.demo;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * A pinhole camera that looks along the street. The world is in metres: x to the right, h up from
 * the ground, z away from the camera; pictures are in pixels.
 *
 * @param centre column of the vanishing point
 * @param horizon row of the horizon
 * @param focal focal length in pixels
 * @param height of the camera above the ground
 * @param x of the camera
 */
record Camera(double centre, double horizon, double focal, double height, double x) {
  /** Nothing nearer than this is drawn. */
  private static final double NEAREST = 0.6;

  double column(double worldX, double z) {
    return centre + focal * (worldX - x) / Math.max(NEAREST, z);
  }

  double row(double h, double z) {
    return horizon + focal * (height - h) / Math.max(NEAREST, z);
  }

  /** Pixels of one metre at {@code z}. */
  double scale(double z) {
    return focal / Math.max(NEAREST, z);
  }

  /** The polygon through world points x, h, z, x, h, z, ... */
  Shape polygon(double... points) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.length; i += 3) {
      double column = column(points[i], points[i + 2]);
      double row = row(points[i + 1], points[i + 2]);
      if (i == 0) {
        path.moveTo(column, row);
      } else {
        path.lineTo(column, row);
      }
    }
    path.closePath();
    return path;
  }

  /** A flat rectangle facing the camera at {@code z}. */
  Shape facing(double x1, double x2, double h1, double h2, double z) {
    return polygon(x1, h1, z, x2, h1, z, x2, h2, z, x1, h2, z);
  }

  /** A rectangle along the street: at {@code worldX}, from z1 to z2. */
  Shape alongside(double worldX, double h1, double h2, double z1, double z2) {
    return polygon(worldX, h1, z1, worldX, h1, z2, worldX, h2, z2, worldX, h2, z1);
  }

  /** A rectangle on the ground or at height {@code h}. */
  Shape level(double x1, double x2, double h, double z1, double z2) {
    return polygon(x1, h, z1, x2, h, z1, x2, h, z2, x1, h, z2);
  }

  /** A disc facing the camera. */
  Shape disc(double worldX, double h, double z, double radiusX, double radiusH) {
    double width = radiusX * scale(z);
    double tall = radiusH * scale(z);
    return new Ellipse2D.Double(column(worldX, z) - width, row(h, z) - tall, 2 * width, 2 * tall);
  }

  /** A disc in the plane along the street at {@code worldX}, such as a wheel of a car. */
  Shape wheel(double worldX, double h, double z, double radius) {
    double near = column(worldX, z - radius);
    double far = column(worldX, z + radius);
    double tall = radius * scale(z);
    return new Ellipse2D.Double(
        Math.min(near, far), row(h, z) - tall, Math.abs(near - far), 2 * tall);
  }
}
