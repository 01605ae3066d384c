package org.stylemining.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.stylemining.adapt.Segmentation;
import org.stylemining.data.LabelSpaces;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;
import org.stylemining.tasks.PixelBudget;

/**
 * Labels images in a Spark task, one after another and in their order: reads the files of a batch,
 * decodes as many as the JVM's {@link PixelBudget} has room for, labels them in one pass, encodes
 * the labels. An image that cannot be labelled has a reason instead.
 *
 * <p>Beside the network's own memory it holds one batch, however many images there are. It holds no
 * pixels while it waits for some, nor while its source or its reader works, so that streams which
 * feed each other never wait for each other.
 *
 * @param <T> what images are had from
 */
final class LabelStream<T> implements Iterator<Labelled<T>>, AutoCloseable {
  /** Bytes of files after which no more are read ahead of the network. */
  private static final long BYTES_AHEAD = 32L << 20;

  /** Gives an image's file. */
  interface Files<T> {
    /**
     * Reads a file whole.
     *
     * @throws UnreadableImage saying why there is none
     */
    byte[] read(T image) throws UnreadableImage;
  }

  /** An image with its file, or with a reason why it has none. */
  private record Waiting<T>(T of, byte[] file, String reason) {}

  /** An image with its pixels, or with a reason why it has none. */
  private record Decoded<T>(T of, RgbImage image, String reason) {
    long pixels() {
      return image == null ? 0 : (long) image.width() * image.height();
    }
  }

  private final Iterator<T> source;
  private final Files<T> files;
  private final LabelOptions options;
  private final Supplier<ServedModel> model;
  private final PixelBudget budget;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private final Deque<Labelled<T>> ready = new ArrayDeque<>();
  private ImageLabeller labeller;
  private Pictures pictures;
  private boolean closed;

  /**
   * A stream that is for the tasks of one thread; only closing it may be another's.
   *
   * @param source of the images; it is asked for no more than a batch ahead
   * @param model the network; asked for when there is an image for it
   */
  LabelStream(
      Iterator<T> source, Files<T> files, LabelOptions options, Supplier<ServedModel> model) {
    this(source, files, options, model, PixelBudget.ofJvm());
  }

  LabelStream(
      Iterator<T> source,
      Files<T> files,
      LabelOptions options,
      Supplier<ServedModel> model,
      PixelBudget budget) {
    this.source = source;
    this.files = files;
    this.options = options;
    this.model = model;
    this.budget = budget;
  }

  @Override
  public synchronized boolean hasNext() {
    if (closed) {
      throw new IllegalStateException("the task that labelled these images is over");
    }
    if (ready.isEmpty()) {
      if (waiting.isEmpty()) {
        readFiles();
      }
      labelWhatFits();
    }
    return !ready.isEmpty();
  }

  @Override
  public synchronized Labelled<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void readFiles() {
    long bytes = 0;
    while (waiting.size() < options.batch() && bytes < BYTES_AHEAD && source.hasNext()) {
      T image = source.next();
      try {
        byte[] file = files.read(image);
        bytes += file.length;
        waiting.add(new Waiting<>(image, file, null));
      } catch (UnreadableImage e) {
        waiting.add(new Waiting<>(image, null, e.getMessage()));
      }
    }
  }

  private void labelWhatFits() {
    List<Decoded<T>> batch = new ArrayList<>();
    try {
      boolean fits = true;
      while (fits && !waiting.isEmpty()) {
        fits = decode(waiting.peek(), batch);
        if (fits) {
          waiting.remove();
        }
      }
      label(batch);
    } finally {
      batch.forEach(image -> budget.giveBack(image.pixels()));
    }
  }

  /** Adds an image to a batch; false where the batch's other images must go first. */
  private boolean decode(Waiting<T> next, List<Decoded<T>> batch) {
    if (next.reason != null) {
      batch.add(new Decoded<>(next.of, null, next.reason));
      return true;
    }
    try {
      long pixels = ImageFiles.pixels(next.file);
      if (!reserve(pixels, batch)) {
        return false;
      }
      RgbImage image = null;
      try {
        image = ImageFiles.decodeRgb(next.file);
      } finally {
        if (image == null) {
          budget.giveBack(pixels);
        }
      }
      batch.add(new Decoded<>(next.of, image, null));
    } catch (UnreadableImage e) {
      batch.add(new Decoded<>(next.of, null, e.getMessage()));
    }
    return true;
  }

  private boolean reserve(long pixels, List<Decoded<T>> batch) throws UnreadableImage {
    budget.requireFits(pixels);
    if (budget.tryTake(pixels)) {
      return true;
    }
    if (batch.stream().anyMatch(image -> image.pixels() > 0)) {
      return false;
    }
    try {
      budget.take(pixels);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an image waited for memory", e);
    }
  }

  private void label(List<Decoded<T>> batch) {
    List<RgbImage> images =
        batch.stream().filter(image -> image.image != null).map(Decoded::image).toList();
    Iterator<Segmentation> found = images.isEmpty() ? null : labelled(images).iterator();
    for (Decoded<T> image : batch) {
      if (image.image == null) {
        ready.add(new Labelled<>(image.of, Map.of(), null, image.reason));
        continue;
      }
      Segmentation segmentation = found.next();
      Map<View, byte[]> pngs = new EnumMap<>(View.class);
      for (View view : options.views()) {
        pngs.put(view, pictures.png(view, image.image, segmentation));
      }
      ready.add(new Labelled<>(image.of, pngs, segmentation.labels(), null));
    }
  }

  private List<Segmentation> labelled(List<RgbImage> images) {
    if (labeller == null) {
      ServedModel served = model.get();
      labeller = ImageLabeller.ofTask(served);
      pictures = new Pictures(LabelSpaces.of(served.config().data()), options.ids());
    }
    return labeller.label(images, options.views().contains(View.PROBABILITY));
  }

  /** Gives the network back; waits for the batch that is being labelled. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    ready.clear();
    if (labeller != null) {
      labeller.close();
      labeller = null;
    }
  }
}
