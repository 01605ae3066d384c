package org.stylemining.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.LongAccumulator;
import org.stylemining.adapt.Segmentation;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;
import org.stylemining.tasks.PixelBudget;

/** What one task does: reads its images, labels them batch by batch, writes their files. */
final class PartitionWork {
  private final FolderKit kit;
  private final OutputFolder out;
  private final FileSystem in;
  private final ImageLabeller labeller;
  private final PixelBudget budget;
  private final Pictures pictures;
  private final LongAccumulator progress;
  private final Tally tally;
  private final List<Held> held = new ArrayList<>();
  private long labelled;

  /** An image that is decoded and waits for the rest of its batch. */
  private record Held(ListedImage source, RgbImage image) {
    long pixels() {
      return (long) image.width() * image.height();
    }
  }

  private PartitionWork(FolderKit kit, ImageLabeller labeller, LongAccumulator progress)
      throws IOException {
    LabelSpace space = LabelSpaces.of(kit.model().config().data());
    this.kit = kit;
    this.labeller = labeller;
    this.progress = progress;
    out = OutputFolder.at(kit.output(), kit.hadoop().value());
    in = new Path(kit.base()).getFileSystem(kit.hadoop().value());
    budget = PixelBudget.ofJvm();
    pictures = new Pictures(space, kit.options().ids());
    tally = Tally.none(space.count());
  }

  static Tally run(FolderKit kit, List<ListedImage> images, LongAccumulator progress)
      throws IOException, InterruptedException {
    try (ImageLabeller labeller = ImageLabeller.ofTask(kit.model())) {
      PartitionWork work = new PartitionWork(kit, labeller, progress);
      try {
        for (ListedImage image : images) {
          work.add(image);
        }
        work.finishBatch();
      } finally {
        work.letGo();
      }
      return new Tally(work.labelled, work.tally.pixels(), work.tally.failures());
    }
  }

  private void add(ListedImage source) throws IOException, InterruptedException {
    try {
      byte[] file = read(source);
      long pixels = ImageFiles.pixels(file);
      reserve(pixels);
      RgbImage image = null;
      try {
        image = ImageFiles.decodeRgb(file);
      } finally {
        if (image == null) {
          budget.giveBack(pixels);
        }
      }
      held.add(new Held(source, image));
    } catch (UnreadableImage e) {
      fail(source, e.getMessage());
      return;
    }
    if (held.size() == kit.options().batch()) {
      finishBatch();
    }
  }

  private byte[] read(ListedImage source) throws UnreadableImage {
    try (FSDataInputStream stream = in.open(new Path(uri(source)))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      // A block that is lost or a file that may not be read concerns this image alone.
      throw new UnreadableImage("could not be read: " + e.getMessage(), e);
    }
  }

  private void reserve(long pixels) throws IOException, InterruptedException {
    budget.requireFits(pixels);
    if (!budget.tryTake(pixels)) {
      finishBatch();
      budget.take(pixels);
    }
  }

  private void finishBatch() throws IOException {
    if (held.isEmpty()) {
      return;
    }
    List<Segmentation> found =
        labeller.label(
            held.stream().map(Held::image).toList(),
            kit.options().views().contains(View.PROBABILITY));
    for (int i = 0; i < held.size(); i++) {
      write(held.get(i), found.get(i));
    }
    labelled += held.size();
    progress.add(held.size());
    letGo();
  }

  private void write(Held image, Segmentation found) throws IOException {
    long since = Math.max(kit.since(), image.source.modified());
    for (View view : kit.options().views()) {
      out.replace(view.file(image.source.path()), pictures.png(view, image.image, found), since);
    }
    for (byte id : found.labels().ids()) {
      tally.pixels()[id & 0xFF]++;
    }
  }

  private void fail(ListedImage source, String reason) throws IOException {
    tally.failures().add(new Failure(uri(source), reason));
    // What is there is of an older image or another network.
    for (View view : View.values()) {
      out.delete(view.file(source.path()));
    }
    progress.add(1);
  }

  private void letGo() {
    held.forEach(image -> budget.giveBack(image.pixels()));
    held.clear();
  }

  private String uri(ListedImage source) {
    return kit.base().endsWith("/") ? kit.base() + source.path() : kit.base() + "/" + source.path();
  }
}
