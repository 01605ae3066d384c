package org.stylemining.serving;

import org.stylemining.adapt.Segmentation;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;

/** The files of an image. */
final class Pictures {
  private final LabelSpace space;
  private final LabelIds ids;

  Pictures(LabelSpace space, LabelIds ids) {
    this.space = space;
    this.ids = ids;
  }

  byte[] png(View view, RgbImage image, Segmentation found) {
    LabelMap labels = found.labels();
    return switch (view) {
      case LABELS -> ImageFiles.encodeGreyPng(ids.apply(labels, space));
      case COLOR -> ImageFiles.encodePalettePng(ids.apply(labels, space), ids.palette(space));
      case OVERLAY -> ImageFiles.encodePng(overlay(image, labels));
      case PROBABILITY ->
          ImageFiles.encodeGreyPng(
              new LabelMap(labels.width(), labels.height(), found.probability()));
    };
  }

  /** Half the image's colour, half the class's. */
  private RgbImage overlay(RgbImage image, LabelMap labels) {
    byte[] in = image.rgb();
    byte[] out = new byte[in.length];
    int[] palette = space.palette();
    for (int i = 0, o = 0; o < out.length; i++) {
      int colour = palette[labels.ids()[i] & 0xFF];
      for (int shift = 16; shift >= 0; shift -= 8, o++) {
        out[o] = (byte) (((in[o] & 0xFF) + ((colour >> shift) & 0xFF) + 1) / 2);
      }
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
