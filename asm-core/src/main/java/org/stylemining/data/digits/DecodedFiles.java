package org.stylemining.data.digits;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.UnreadableImage;

/**
 * The decoded files of digits of this JVM: single images are asked for, whole files are decoded.
 * They are kept as long as the heap has room, and decoded once at a time. A file is taken to stay
 * as it is.
 */
final class DecodedFiles {
  private static final DecodedFiles SHARED = new DecodedFiles(Runtime.getRuntime().maxMemory());

  private static final long MIB = 1 << 20;

  private final Map<String, SoftReference<Digits>> decoded = new HashMap<>();
  private final long heap;

  /**
   * @param heap its largest size, bytes
   */
  DecodedFiles(long heap) {
    this.heap = heap;
  }

  /** Those of all readers of this JVM. */
  static DecodedFiles shared() {
    return SHARED;
  }

  /**
   * A file's images and classes.
   *
   * @param file its URI
   * @param part of the file; empty where it has none
   * @param files gives its bytes, where it has to be decoded
   * @throws DamagedSample where it is missing or damaged
   * @throws UserMistake where the heap is too small for it
   * @throws IOException where the file system fails
   */
  synchronized Digits get(String file, String part, DigitFormat format, SampleFiles files)
      throws DamagedSample, IOException {
    String key = file + "#" + part;
    SoftReference<Digits> kept = decoded.get(key);
    Digits digits = kept == null ? null : kept.get();
    if (digits == null) {
      digits = decode(file, part, format, files);
      decoded.put(key, new SoftReference<>(digits));
    }
    return digits;
  }

  private Digits decode(String file, String part, DigitFormat format, SampleFiles files)
      throws DamagedSample, IOException {
    try {
      return format.read(files.bytes(file), part);
    } catch (UnreadableImage e) {
      throw new DamagedSample(file, e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new UserMistake(
          "%s: the file and its decoded images do not fit a Java heap of %d MiB: set spark.driver.memory and spark.executor.memory higher"
              .formatted(file, heap / MIB),
          e);
    }
  }
}
