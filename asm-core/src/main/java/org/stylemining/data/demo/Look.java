package org.stylemining.data.demo;

import java.awt.Color;

/**
 * The light, air and camera of a set: what turns a scene's own colours into those of its pictures.
 */
enum Look {
  /** A clear day with warm sun and strong colours. */
  SUNNY(
      new double[] {1.06, 1.0, 0.9},
      1.0,
      1.15,
      new Color(0x4F86CF),
      new Color(0xBFD8EE),
      new Color(0xC6D4E2),
      0.004,
      0.0,
      4.0,
      0.05,
      0.0),
  /** A plain rendering: even light, paler colours, hardly any texture. */
  RENDERED(
      new double[] {0.96, 1.0, 1.08},
      1.12,
      0.72,
      new Color(0x8FA9C9),
      new Color(0xDFE6EA),
      new Color(0xD8DEE0),
      0.002,
      0.0,
      1.5,
      0.02,
      0.0),
  /** Dusk in a haze: dim violet light, an orange horizon, lit windows, a grainy, soft picture. */
  DUSK(
      new double[] {0.94, 0.74, 1.02},
      0.62,
      0.62,
      new Color(0x4A4468),
      new Color(0xD39A72),
      new Color(0x9A7A78),
      0.022,
      0.45,
      6.5,
      0.16,
      0.55);

  private final double[] light;
  private final double exposure;
  private final double saturation;
  final Color skyTop;
  final Color skyBottom;
  private final Color haze;
  private final double hazePerMetre;
  final double litWindows;
  final double grain;
  final double mottle;
  final double softness;

  Look(
      double[] light,
      double exposure,
      double saturation,
      Color skyTop,
      Color skyBottom,
      Color haze,
      double hazePerMetre,
      double litWindows,
      double grain,
      double mottle,
      double softness) {
    this.light = light;
    this.exposure = exposure;
    this.saturation = saturation;
    this.skyTop = skyTop;
    this.skyBottom = skyBottom;
    this.haze = haze;
    this.hazePerMetre = hazePerMetre;
    this.litWindows = litWindows;
    this.grain = grain;
    this.mottle = mottle;
    this.softness = softness;
  }

  /** A surface's colour as seen from {@code depth} metres. */
  Color shade(Color surface, double depth) {
    double[] rgb = {surface.getRed(), surface.getGreen(), surface.getBlue()};
    double grey = 0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2];
    for (int c = 0; c < 3; c++) {
      rgb[c] = (grey + saturation * (rgb[c] - grey)) * exposure * light[c];
    }
    return throughAir(rgb, depth);
  }

  /** The colour of a lamp or a lit window, which the light of the day does not dim. */
  Color glow(Color lamp, double depth) {
    return throughAir(new double[] {lamp.getRed(), lamp.getGreen(), lamp.getBlue()}, depth * 0.5);
  }

  private Color throughAir(double[] rgb, double depth) {
    double clear = Math.exp(-hazePerMetre * depth);
    return Tint.of(
        clear * rgb[0] + (1 - clear) * haze.getRed(),
        clear * rgb[1] + (1 - clear) * haze.getGreen(),
        clear * rgb[2] + (1 - clear) * haze.getBlue());
  }
}
