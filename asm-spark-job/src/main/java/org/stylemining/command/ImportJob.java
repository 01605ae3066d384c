package org.stylemining.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.ClassifierImport;
import org.stylemining.adapt.ImportReport;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.RainImport;
import org.stylemining.adapt.SegmentorImport;
import org.stylemining.adapt.SegmentorLayout;
import org.stylemining.config.UserMistake;
import org.stylemining.provenance.Build;
import org.stylemining.provenance.Provenance;
import org.stylemining.provenance.WeightsFingerprint;
import org.stylemining.report.RunFolder;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.TensorFlowJsModel;
import org.stylemining.weights.WeightsFile;
import org.stylemining.weights.WholeOutput;

/** What {@code import} does. */
final class ImportJob {
  private static final Set<String> OF_AN_IMPORT = Set.of(RainFolder.FILE, "provenance.json");

  private final Path out;
  private final boolean force;
  private final Configuration hadoop;

  ImportJob(Path out, boolean force, Configuration hadoop) {
    this.out = out;
    this.force = force;
    this.hadoop = hadoop;
  }

  void rain(List<Path> files) throws IOException {
    WholeOutput place = at("a generator that was imported", ImportJob::isGeneratorAlone);
    RainImport imported = RainImport.read(files, hadoop);
    Provenance made = provenance("rain", files, 0);
    place.write(
        unfinished -> {
          imported.rain().write(unfinished, hadoop);
          RunFolder folder = new RunFolder(place.files(), unfinished);
          folder.write(folder.provenance(), made.toJson());
        });
    print(imported.report());
    System.out.printf(
        "%s: for style.rain, with%n  style { encoder = %s, latent = %d, hidden = %d }%n",
        place.place(),
        imported.rain().architecture().encoder().name().toLowerCase(Locale.ROOT),
        imported.rain().architecture().latent(),
        imported.rain().architecture().hidden());
  }

  void segmentor(Path file, SegmentorImport.Options options) throws IOException {
    WholeOutput place = at("an imported checkpoint", Checkpoint::isImported);
    write(
        "segmentor",
        place,
        file,
        SegmentorImport.of(file.toString(), WeightsFile.read(file, hadoop), options),
        options);
  }

  void backbone(Path file, SegmentorImport.Options options) throws IOException {
    if (options.classes().isEmpty()) {
      throw new UserMistake(
          "--kind backbone: expected --classes, the number of classes of the new classifier");
    }
    WholeOutput place = at("an imported checkpoint", Checkpoint::isImported);
    write(
        "backbone",
        place,
        file,
        SegmentorImport.ofKeras(file.toString(), TensorFlowJsModel.read(file, hadoop), options),
        options);
  }

  void classifier(Path file, ClassifierImport.Options options) throws IOException {
    WholeOutput place = at("an imported checkpoint", Checkpoint::isImported);
    ClassifierImport imported =
        ClassifierImport.of(file.toString(), WeightsFile.read(file, hadoop), options);
    write(
        "classifier",
        place,
        file,
        options.seed(),
        imported.freshParts(),
        imported.tensors(),
        imported.report());
    System.out.printf(
        "%s: for %smodel.initial-weights, with%n  model { network = resnet18, width = %s }, and labels of %d classes%n",
        place.place(),
        imported.fresh().isEmpty() ? "evaluate --checkpoint and " : "",
        imported.layout().width(),
        imported.layout().classes());
  }

  private void write(
      String kind,
      WholeOutput place,
      Path file,
      SegmentorImport imported,
      SegmentorImport.Options options)
      throws IOException {
    write(
        kind,
        place,
        file,
        options.seed(),
        imported.freshParts(),
        imported.tensors(),
        imported.report());
    SegmentorLayout layout = imported.layout();
    System.out.printf(
        "%s: for %smodel.initial-weights, with%n  model { backbone = %s, width = %s, attention = %s }, %d rates, and labels of %d classes%n",
        place.place(),
        imported.fresh().isEmpty() ? "evaluate --checkpoint and " : "",
        layout.backbone().word(),
        layout.width(),
        layout.attention(),
        layout.branches(),
        layout.classes());
  }

  /** Writes the checkpoint, and tells what was taken and what was not. */
  private void write(
      String kind,
      WholeOutput place,
      Path file,
      long seed,
      List<String> freshParts,
      Collection<NamedTensor> tensors,
      ImportReport report)
      throws IOException {
    CheckpointState state =
        CheckpointState.imported(Build.current(), seed, file.toString(), freshParts)
            .madeBy(provenance(kind, List.of(file), seed));
    place.write(unfinished -> Checkpoint.write(unfinished, place.files(), state, tensors));
    print(report);
  }

  private Provenance provenance(String kind, List<Path> files, long seed) throws IOException {
    List<WeightsFingerprint> weights = new ArrayList<>();
    StringBuilder command = new StringBuilder("import --kind ").append(kind);
    for (Path file : files) {
      weights.add(Inputs.file("imported", file, hadoop));
      command.append(' ').append(file);
    }
    Instant now = Instant.now();
    return Provenance.start("import", command + " --out " + out, seed, null, null, List.of(), now)
        .with(weights)
        .endedAt(now);
  }

  private WholeOutput at(String what, WholeOutput.Kind kind) throws IOException {
    return WholeOutput.at("--out", out, hadoop, force, what, kind);
  }

  /**
   * What {@code pretrain} wrote has its phases beside it, which would not fit another generator.
   */
  private static boolean isGeneratorAlone(FileSystem files, FileStatus there) throws IOException {
    if (!there.isDirectory()) {
      return false;
    }
    boolean found = false;
    for (FileStatus file : files.listStatus(there.getPath())) {
      String name = file.getPath().getName();
      found |= name.equals(RainFolder.FILE);
      if (!OF_AN_IMPORT.contains(name) && !name.startsWith(".")) {
        return false;
      }
    }
    return found;
  }

  private static void print(ImportReport report) {
    report.lines().forEach(System.out::println);
  }
}
