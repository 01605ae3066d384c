package org.stylemining.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.LabelMap;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;

/** A prediction beside what it was made from, for a person to look at. */
public final class PredictionPanel {
  private PredictionPanel() {}

  /**
   * Image, label and prediction from left to right, with captions.
   *
   * @param image of any size; it is scaled to the prediction's
   * @param label of the prediction's size; none for an image without truth
   * @param space whose colours show the classes
   */
  public static RgbImage of(
      RgbImage image, Optional<LabelMap> label, LabelMap prediction, LabelSpace space) {
    List<RgbImage> images = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    images.add(Resize.bicubic(image, prediction.width(), prediction.height()));
    captions.add("image");
    if (label.isPresent()) {
      images.add(inColours(label.get(), space));
      captions.add("label");
    }
    images.add(inColours(prediction, space));
    captions.add("prediction");
    return StripImage.of(images, captions);
  }

  /** The image under its classes' colours: half of each; half as bright where it is no class. */
  public static RgbImage overlay(RgbImage image, LabelMap labels, LabelSpace space) {
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

  /** Every pixel in its class's colour; black where it is no class. */
  public static RgbImage inColours(LabelMap labels, LabelSpace space) {
    byte[] ids = labels.ids();
    byte[] rgb = new byte[3 * ids.length];
    for (int i = 0; i < ids.length; i++) {
      int colour = space.colour(ids[i] & 0xff);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new RgbImage(labels.width(), labels.height(), rgb);
  }
}
