package org.stylemining.origin;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.RainFolder;
import org.stylemining.config.UserMistake;
import org.stylemining.data.packed.PackManifest;
import org.stylemining.data.packed.PackPlan;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.serving.OutputFolder;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;

/** Finds the origin of what lies at a path. */
public final class OriginReader {
  private static final String EXPECTED =
      "a run folder, a checkpoint, a generator's folder, scores.json, compare.json, a packed set or a folder of labels";
  private static final String COMPARISON = "compare.json";
  private static final String SCORES = "scores.json";

  private final FileSystem files;

  private OriginReader(FileSystem files) {
    this.files = files;
  }

  /**
   * Reads what is known.
   *
   * @param place a path or URI; a folder, or a file that lies in such a folder
   * @throws UserMistake where there is nothing, or nothing in it tells where it comes from
   */
  public static Origin read(String place, Configuration hadoop) throws IOException {
    Path path = new Path(place);
    FileSystem found = path.getFileSystem(hadoop);
    OriginReader reader =
        new OriginReader(found instanceof LocalFileSystem local ? local.getRaw() : found);
    FileStatus status;
    try {
      status = reader.files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new UserMistake(place + ": there is no such file or folder");
    }
    try {
      return status.isDirectory() ? reader.folder(status.getPath()) : reader.file(status.getPath());
    } catch (IllegalArgumentException e) {
      throw new UserMistake(status.getPath() + ": " + e.getMessage(), e);
    }
  }

  private Origin file(Path file) throws IOException {
    String name = file.getName();
    if (name.equals(COMPARISON) || name.equals(SCORES)) {
      return result(name.equals(SCORES) ? Kind.SCORES : Kind.COMPARISON, file);
    }
    return find(file.getParent())
        .orElseThrow(
            () ->
                new UserMistake(
                    "%s: neither it nor its folder tells what made it; expected %s"
                        .formatted(file, EXPECTED)));
  }

  private Origin folder(Path folder) throws IOException {
    return find(folder)
        .orElseThrow(
            () ->
                new UserMistake(
                    "%s: nothing in this folder tells what made it; expected %s"
                        .formatted(folder, EXPECTED)));
  }

  private Optional<Origin> find(Path folder) throws IOException {
    if (Checkpoint.isOne(files, folder)) {
      return Optional.of(checkpoint(folder));
    }
    for (String plan : List.of(PackManifest.FILE, PackPlan.FILE)) {
      if (has(folder, plan)) {
        return Optional.of(output(Kind.PACKED_SET, folder));
      }
    }
    if (has(folder, OutputFolder.LABELS)) {
      return Optional.of(output(Kind.LABELS, folder));
    }
    if (has(folder, COMPARISON)) {
      return Optional.of(result(Kind.COMPARISON, new Path(folder, COMPARISON)));
    }
    RunFolder run = new RunFolder(files, folder);
    if (has(folder, RainFolder.FILE)) {
      return Optional.of(run(Kind.GENERATOR, run));
    }
    if (files.exists(run.provenance()) || files.exists(run.config())) {
      return Optional.of(run(Kind.RUN, run));
    }
    if (files.exists(new Path(folder, "train"))) {
      Optional<Origin> inside = find(new Path(folder, "train"));
      if (inside.isPresent()) {
        return inside;
      }
    }
    return has(folder, SCORES)
        ? Optional.of(result(Kind.SCORES, new Path(folder, SCORES)))
        : Optional.empty();
  }

  /** Its own state tells, and where that is of an older program, the run's folder around it. */
  private Origin checkpoint(Path folder) throws IOException {
    CheckpointState state = Checkpoint.stateOf(files, folder);
    Map<String, String> facts = new LinkedHashMap<>();
    if (state.round() > 0) {
      facts.put("round", "%d, update %d of each worker".formatted(state.round(), state.update()));
    }
    facts.put("program", state.version() + ", commit " + state.commit());
    facts.put("seed", Long.toString(state.seed()));
    if (state.workers() > 0) {
      facts.put("workers", Integer.toString(state.workers()));
    }
    for (String name :
        List.of(CheckpointState.IMPORTED_FROM, CheckpointState.FRESH, CheckpointState.RESULT)) {
      if (state.extra().containsKey(name)) {
        facts.put(name.replace('-', ' '), state.extra().get(name));
      }
    }
    Optional<Provenance> provenance = Optional.ofNullable(state.provenance());
    if (provenance.isEmpty() && folder.getParent() != null) {
      Path run = folder.getParent().getParent();
      provenance = run == null ? Optional.empty() : provenance(new Path(run, "provenance.json"));
    }
    return new Origin(Kind.CHECKPOINT, folder, provenance, text(state.configuration()), facts);
  }

  private Origin run(Kind kind, RunFolder run) throws IOException {
    Optional<String> configuration =
        files.exists(run.config()) ? Optional.of(run.read(run.config())) : Optional.empty();
    return new Origin(kind, run.path(), provenance(run.provenance()), configuration, Map.of());
  }

  private Origin output(Kind kind, Path folder) throws IOException {
    return of(kind, folder, provenance(new Path(folder, OutputFolder.PROVENANCE)));
  }

  private Origin result(Kind kind, Path file) throws IOException {
    return of(kind, file, Provenance.in(read(file)));
  }

  private static Origin of(Kind kind, Path path, Optional<Provenance> provenance) {
    return new Origin(
        kind,
        path,
        provenance.map(made -> made.configured(null)),
        provenance.flatMap(made -> text(made.configuration())),
        Map.of());
  }

  private Optional<Provenance> provenance(Path file) throws IOException {
    return files.exists(file) ? Optional.of(Provenance.fromJson(read(file))) : Optional.empty();
  }

  private static Optional<String> text(String text) {
    return Optional.ofNullable(text).filter(known -> !known.isBlank());
  }

  private boolean has(Path folder, String file) throws IOException {
    return files.exists(new Path(folder, file));
  }

  private String read(Path file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
