package org.stylemining.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.image.RgbImage;

/** Reads samples from any file system. */
public final class SampleReader {
  private final Configuration hadoop;

  public SampleReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The image and its labels as train ids, in the size they are stored in.
   *
   * @throws DamagedSample where one of the two files is missing, not readable as what it should be, or where the two do
   *     not fit together
   * @throws IOException where the file system fails
   */
  public LabelledImage read(Sample sample) throws DamagedSample, IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The image alone.
   *
   * @throws DamagedSample where the file is missing or not an image
   * @throws IOException where the file system fails
   */
  public RgbImage readImage(Sample sample) throws DamagedSample, IOException {
    throw new UnsupportedOperationException("not built yet");
  }
}
