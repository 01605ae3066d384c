package org.stylemining.inspection;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.stylemining.config.Size;
import org.stylemining.data.Datasets;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Dataset;
import org.stylemining.dataset.LabelTable;
import org.stylemining.dataset.Sample;
import org.stylemining.dataset.SampleFiles;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RawLabels;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/**
 * Reads samples and says what they are like. Each file is read once. A set that reads its samples
 * in its own way is asked for images and labels; what its files hold is then not known.
 */
public final class SampleInspector {
  /** Pixels of a picture's width in the page. */
  private static final int PANEL_WIDTH = 400;

  private final Datasets datasets;
  private final SampleFiles files;
  private final PixelRoom room;
  private final Map<String, Reading> readings = new TreeMap<>();

  /**
   * @param datasets those that the samples belong to
   * @param files gives the bytes of files
   * @param room on the heap, of which a sample takes and gives back
   */
  public SampleInspector(Datasets datasets, SampleFiles files, PixelRoom room) {
    this.datasets = datasets;
    this.files = files;
    this.room = room;
  }

  /** How a set is read. */
  private record Reading(Dataset dataset, boolean ownImages, boolean ownLabels) {
    static Reading of(Dataset dataset) {
      return new Reading(dataset, overrides(dataset, "image"), overrides(dataset, "labels"));
    }

    private static boolean overrides(Dataset dataset, String method) {
      try {
        return dataset
                .getClass()
                .getMethod(method, Sample.class, SampleFiles.class)
                .getDeclaringClass()
            != Dataset.class;
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("every data set has the method " + method, e);
      }
    }
  }

  /**
   * Inspects a sample.
   *
   * @param sets all sets that are checked
   * @param tallies theirs, to which the sample is added
   * @param digests told what the sample's files hold
   * @throws IOException where the file system fails
   */
  public void inspect(
      SampleToCheck sample,
      List<CheckedSet> sets,
      List<SetTally> tallies,
      Consumer<FileDigest> digests)
      throws IOException, InterruptedException {
    Inspection found = new Inspection();
    ReadFiles read = new ReadFiles(files);
    Reading reading =
        readings.computeIfAbsent(
            sample.sample().source(), type -> Reading.of(datasets.get("type", type)));
    long pixels = 0;
    try {
      pixels = reading.ownImages ? 0 : reserve(sample.sample(), read);
      RgbImage image = image(sample, reading, read, found, digests);
      LabelMap labels = labels(sample, sets, reading, read, image, found, digests);
      if (sample.shown() && image != null) {
        found.panel = panel(sample.sample(), image, labels);
      }
    } finally {
      room.giveBack(pixels);
    }
    for (int set : sample.sets()) {
      tallies.get(set).add(sets.get(set), sample, found);
    }
  }

  /** Room for an image; none for a file that is no image. */
  private long reserve(Sample sample, ReadFiles read) throws InterruptedException {
    try {
      long pixels = ImageFiles.pixels(read.bytes(sample.image()));
      room.take(pixels);
      return pixels;
    } catch (DamagedSample | IOException e) {
      // Told when it is decoded.
      return 0;
    }
  }

  /** The image; null where it cannot be read. */
  private RgbImage image(
      SampleToCheck sample,
      Reading reading,
      ReadFiles read,
      Inspection found,
      Consumer<FileDigest> digests) {
    String uri = sample.sample().image();
    try {
      RgbImage image = reading.dataset.image(sample.sample(), read);
      found.size = new Size(image.width(), image.height());
      String key;
      if (reading.ownImages) {
        key = FileDigest.ofPixels(false, image.width(), image.height(), image.rgb());
      } else {
        found.image = ImageFiles.form(read.bytes(uri)).mode();
        key = FileDigest.ofFile(false, read.bytes(uri));
      }
      digests.accept(new FileDigest(key, false, uri, sample.sets(), sample.anchor()));
      return image;
    } catch (DamagedSample e) {
      found.blame(Fault.UNREADABLE_IMAGE, e.path(), e.reason());
    } catch (UnreadableImage e) {
      found.blame(Fault.UNREADABLE_IMAGE, uri, e.getMessage());
    } catch (IOException e) {
      found.blame(Fault.UNREACHABLE_IMAGE, uri, e.getMessage());
    } finally {
      found.imageBytes = read.read();
    }
    return null;
  }

  /** The labels; null where the sample has none, or none that fit. */
  private LabelMap labels(
      SampleToCheck sample,
      List<CheckedSet> sets,
      Reading reading,
      ReadFiles read,
      RgbImage image,
      Inspection found,
      Consumer<FileDigest> digests) {
    int[] labelled = labelled(sample, sets);
    if (labelled.length == 0) {
      return null;
    }
    String uri = sample.sample().label().orElse(sample.sample().image());
    LabelMap labels = null;
    try {
      if (reading.ownLabels) {
        labels = reading.dataset.labels(sample.sample(), read);
        String key = FileDigest.ofPixels(true, labels.width(), labels.height(), labels.ids());
        digests.accept(new FileDigest(key, true, uri, labelled, false));
      } else {
        digests.accept(
            new FileDigest(FileDigest.ofFile(true, read.bytes(uri)), true, uri, labelled, false));
        labels = stored(uri, read.bytes(uri), reading.dataset.table().orElseThrow(), found);
      }
    } catch (DamagedSample e) {
      found.blame(Fault.UNREADABLE_LABEL, e.path(), e.reason());
    } catch (UnreadableImage e) {
      found.blame(Fault.UNREADABLE_LABEL, uri, e.getMessage());
    } catch (IOException e) {
      found.blame(Fault.UNREACHABLE_LABEL, uri, e.getMessage());
    } finally {
      found.labelBytes = read.read() - found.imageBytes;
    }
    if (labels == null) {
      return null;
    }
    if (image != null && !fits(reading.dataset, image, labels)) {
      found.blame(
          Fault.SIZE_MISMATCH,
          uri,
          "%dx%d, the image %dx%d"
              .formatted(labels.width(), labels.height(), image.width(), image.height()));
      return null;
    }
    return count(uri, reading.dataset, labels, found) ? labels : null;
  }

  private static int[] labelled(SampleToCheck sample, List<CheckedSet> sets) {
    return Arrays.stream(sample.sets()).filter(set -> sets.get(set).labelled()).toArray();
  }

  private static boolean fits(Dataset dataset, RgbImage image, LabelMap labels) {
    return dataset.labelsWholeImages()
        ? labels.width() == 1 && labels.height() == 1
        : labels.width() == image.width() && labels.height() == image.height();
  }

  /** Labels that a table explains, decoded once; null where they are not of its form or values. */
  private static LabelMap stored(String uri, byte[] file, LabelTable table, Inspection found)
      throws UnreadableImage {
    RawLabels raw = table.stored(file);
    found.label = ImageFiles.form(file).mode();
    try {
      table.requireForm(raw);
    } catch (UnreadableImage e) {
      found.blame(Fault.LABEL_MODE, uri, e.getMessage());
      return null;
    }
    count(raw, found);
    try {
      return table.toTrainIds(raw);
    } catch (UnreadableImage e) {
      found.blame(Fault.UNKNOWN_VALUES, uri, e.getMessage());
      return null;
    }
  }

  private static void count(RawLabels raw, Inspection found) {
    int[] values = raw.values();
    // Neighbours are mostly of one class.
    int start = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[start]) {
        found.values.merge(values[start], (long) i - start, Long::sum);
        start = i;
      }
    }
  }

  /** Counts the pixels of each class. */
  private static boolean count(String uri, Dataset dataset, LabelMap labels, Inspection found) {
    int classes = dataset.space().orElseThrow().count();
    long[] byId = new long[256];
    for (byte id : labels.ids()) {
      byId[id & 0xFF]++;
    }
    long scored = 0;
    for (int id = 0; id < LabelMap.IGNORE; id++) {
      if (id >= classes && byId[id] > 0) {
        found.blame(
            Fault.UNKNOWN_VALUES,
            uri,
            "train id %d, expected 0..%d or %d".formatted(id, classes - 1, LabelMap.IGNORE));
        return false;
      }
      scored += byId[id];
    }
    if (scored == 0) {
      found.blame(Fault.NOTHING_SCORED, uri, "");
    }
    found.classes = Arrays.copyOf(byId, classes);
    found.ignored = byId[LabelMap.IGNORE];
    return true;
  }

  private static Panel panel(Sample sample, RgbImage image, LabelMap labels) {
    int width = Math.min(PANEL_WIDTH, image.width());
    int height = Math.max(1, Math.round((float) image.height() * width / image.width()));
    boolean whole = labels == null || labels.ids().length == 1;
    return new Panel(
        sample.name(),
        Resize.bicubic(image, width, height),
        whole ? labels : Resize.nearest(labels, width, height));
  }
}
