package org.stylemining.serving;

import org.stylemining.adapt.Segmentation;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.report.PredictionPanel;

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
      case OVERLAY -> ImageFiles.encodePng(PredictionPanel.overlay(image, labels, space));
      case PROBABILITY ->
          ImageFiles.encodeGreyPng(
              new LabelMap(labels.width(), labels.height(), found.probability()));
    };
  }
}
