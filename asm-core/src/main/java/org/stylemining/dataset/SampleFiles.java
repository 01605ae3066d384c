package org.stylemining.dataset;

import java.io.IOException;

/** The bytes of a sample's files, on whatever file system they lie. */
public interface SampleFiles {
  /**
   * All bytes of a file.
   *
   * @param uri as {@link Sample#image} and {@link Sample#label} have it, or one derived from them
   * @throws DamagedSample where the file is gone, or fails its file system's checksum
   * @throws IOException where the file system fails; the message names the file
   */
  byte[] bytes(String uri) throws DamagedSample, IOException;

  /**
   * A part of a file, for formats that keep many samples in one.
   *
   * @param from the part's first byte, from 0
   * @param length bytes
   * @throws DamagedSample where the file is gone, ends before the part does, or fails its file
   *     system's checksum
   * @throws IOException where the file system fails; the message names the file
   */
  byte[] bytes(String uri, long from, int length) throws DamagedSample, IOException;
}
