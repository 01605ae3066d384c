package org.stylemining.packing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.LongAccumulator;
import org.stylemining.data.HadoopFiles;
import org.stylemining.data.SampleReader;
import org.stylemining.data.packed.LeftOut;
import org.stylemining.data.packed.NamedFile;
import org.stylemining.data.packed.PackedRow;
import org.stylemining.data.packed.PackedShard;
import org.stylemining.data.packed.PlannedShard;
import org.stylemining.data.packed.SetFile;
import org.stylemining.data.packed.SetSample;
import org.stylemining.data.packed.ShardWriter;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.serving.OutputFolder;

/** What one task does: reads and checks a shard's samples, and writes them to a file. */
final class ShardWork {
  private ShardWork() {}

  /** A sample's files, which decode. */
  private record Checked(NamedFile image, Optional<NamedFile> label) {}

  /**
   * Writes a shard.
   *
   * @throws IOException where it cannot be written; a sample that cannot be read is left out
   */
  static WrittenShard write(PackKit kit, PlannedShard plan, LongAccumulator progress)
      throws IOException {
    Configuration hadoop = kit.hadoop().value();
    OutputFolder out = OutputFolder.at(kit.output(), hadoop);
    Path unfinished = out.unfinished();
    boolean written = false;
    try {
      List<PackedRow> rows = new ArrayList<>();
      List<LeftOut> leftOut = new ArrayList<>();
      try (ShardWriter writer =
          ShardWriter.open(kit.format(), out.files(), unfinished, kit.labels(), hadoop)) {
        for (SetSample sample : plan.samples()) {
          Optional<Checked> checked = check(kit, sample, leftOut);
          if (checked.isPresent()) {
            rows.add(writer.append(checked.get().image(), checked.get().label()));
          }
          progress.add(1);
        }
      }
      long bytes = out.files().getFileStatus(unfinished).getLen();
      written = true;
      return new WrittenShard(
          unfinished.toString(), new PackedShard(plan.name(), bytes, rows, leftOut));
    } finally {
      if (!written) {
        out.files().delete(unfinished, false);
      }
    }
  }

  private static Optional<Checked> check(PackKit kit, SetSample planned, List<LeftOut> leftOut) {
    HeldFiles files = new HeldFiles(new HadoopFiles(kit.hadoop().value()));
    SampleReader reader = new SampleReader(kit.datasets(), files);
    Sample sample = planned.of(kit.type());
    try {
      NamedFile image = named(planned.image(), files);
      if (!kit.labels()) {
        reader.readImage(sample);
        return Optional.of(new Checked(image, Optional.empty()));
      }
      NamedFile label = named(planned.label(), files);
      reader.read(sample);
      return Optional.of(new Checked(image, Optional.of(label)));
    } catch (DamagedSample e) {
      leftOut.add(new LeftOut(planned.image().path(), e.getMessage()));
    } catch (IOException e) {
      // A block that is lost or a file that may not be read concerns this sample alone.
      leftOut.add(new LeftOut(planned.image().path(), "could not be read: " + e.getMessage()));
    }
    return Optional.empty();
  }

  private static NamedFile named(SetFile file, HeldFiles files) throws DamagedSample, IOException {
    return new NamedFile(file.path(), files.hold(file.uri()));
  }
}
