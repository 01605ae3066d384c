package org.stylemining.data.digits;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.stylemining.image.UnreadableImage;

/**
 * USPS as HDF5: groups {@code train} and {@code test}, each with {@code data} [N, 256] of grey
 * values 0..1 and {@code target} [N] of classes 0..9.
 */
final class UspsHdf5 implements DigitFormat {
  @Override
  public Digits read(byte[] file, String part) throws UnreadableImage {
    return DigitFormat.attempt(
        "an HDF5 file with %1$s/data and %1$s/target".formatted(part),
        () -> {
          try (HdfFile hdf = HdfFile.fromBytes(file)) {
            return read(
                hdf.getDatasetByPath(part + "/data"), hdf.getDatasetByPath(part + "/target"));
          }
        });
  }

  private static Digits read(Dataset data, Dataset target) throws UnreadableImage {
    int size = UspsText.SIDE * UspsText.SIDE;
    int[] shape = data.getDimensions();
    if (data.getSize() != (long) shape[0] * size) {
      throw new UnreadableImage(
          "expected data of N x %d values, found %s".formatted(size, Arrays.toString(shape)));
    }
    Object values = data.getDataFlat();
    Object targets = target.getDataFlat();
    byte[] pixels = new byte[Array.getLength(values)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = GreyValue.of(Array.getDouble(values, i), 0, 1);
    }
    byte[] classes = new byte[Array.getLength(targets)];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = Digits.classOf(Array.getDouble(targets, i));
    }
    return Digits.of(UspsText.SIDE, UspsText.SIDE, 1, pixels, classes);
  }
}
