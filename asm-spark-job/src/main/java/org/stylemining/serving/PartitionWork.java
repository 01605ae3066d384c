package org.stylemining.serving;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.LongAccumulator;
import org.stylemining.data.LabelSpaces;
import org.stylemining.image.UnreadableImage;

/** What one task of a folder does: a stream of its images, whose labels it writes to files. */
final class PartitionWork {
  private final FolderKit kit;
  private final OutputFolder out;
  private final FileSystem in;
  private final Tally tally;
  private long labelled;

  private PartitionWork(FolderKit kit) throws IOException {
    this.kit = kit;
    out = OutputFolder.at(kit.output(), kit.hadoop().value());
    in = new Path(kit.base()).getFileSystem(kit.hadoop().value());
    tally = Tally.none(LabelSpaces.of(kit.model().config().data()).count());
  }

  static Tally run(FolderKit kit, List<ListedImage> images, LongAccumulator progress)
      throws IOException {
    PartitionWork work = new PartitionWork(kit);
    try (LabelStream<ListedImage> stream =
        new LabelStream<>(images.iterator(), work::read, kit.options(), kit::model)) {
      while (stream.hasNext()) {
        work.finish(stream.next());
        progress.add(1);
      }
    }
    return new Tally(work.labelled, work.tally.pixels(), work.tally.failures());
  }

  private byte[] read(ListedImage source) throws UnreadableImage {
    try (FSDataInputStream stream = in.open(new Path(uri(source)))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      // A block that is lost or a file that may not be read concerns this image alone.
      throw new UnreadableImage("could not be read: " + e.getMessage(), e);
    }
  }

  private void finish(Labelled<ListedImage> image) throws IOException {
    if (image.reason() != null) {
      fail(image.of(), image.reason());
      return;
    }
    long since = Math.max(kit.since(), image.of().modified());
    for (Map.Entry<View, byte[]> file : image.files().entrySet()) {
      out.replace(file.getKey().file(image.of().path()), file.getValue(), since);
    }
    for (byte id : image.labels().ids()) {
      tally.pixels()[id & 0xFF]++;
    }
    labelled++;
  }

  private void fail(ListedImage source, String reason) throws IOException {
    tally.failures().add(new Failure(uri(source), reason));
    // What is there is of an older image or another network.
    for (View view : View.values()) {
      out.delete(view.file(source.path()));
    }
  }

  private String uri(ListedImage source) {
    return kit.base().endsWith("/") ? kit.base() + source.path() : kit.base() + "/" + source.path();
  }
}
