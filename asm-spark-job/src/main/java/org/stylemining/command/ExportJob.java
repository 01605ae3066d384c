package org.stylemining.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.RainExport;
import org.stylemining.adapt.RainFolder;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.Safetensors;
import org.stylemining.weights.TorchCheckpointWriter;
import org.stylemining.weights.WholeOutput;

/** What {@code export} does. */
final class ExportJob {
  private static final String TORCH = ".pth";

  /** Formats of files with weights. */
  enum Format {
    TORCH,
    SAFETENSORS;

    /** Whether a file begins as files of the format do. */
    boolean begins(byte[] start) {
      return this == TORCH
          ? new String(start, StandardCharsets.ISO_8859_1).startsWith("PK\3\4")
          : start.length > Long.BYTES && start[Long.BYTES] == '{';
    }

    void write(OutputStream to, Collection<NamedTensor> tensors) throws IOException {
      if (this == TORCH) {
        TorchCheckpointWriter.write(to, tensors);
      } else {
        // The entry by which PyTorch's own readers know whose shapes these are.
        Safetensors.write(to, tensors, Map.of("format", "pt"));
      }
    }
  }

  private final Path out;
  private final boolean force;
  private final Configuration hadoop;

  ExportJob(Path out, boolean force, Configuration hadoop) {
    this.out = out;
    this.force = force;
    this.hadoop = hadoop;
  }

  void checkpoint(Path place, Format format) throws IOException {
    WholeOutput file =
        WholeOutput.at(
            "--out",
            out,
            hadoop,
            force,
            "a " + format.name().toLowerCase(Locale.ROOT) + " file of weights",
            (files, there) -> there.isFile() && format.begins(start(files, there)));
    Checkpoint checkpoint = Checkpoint.read(place, hadoop).result();
    file.write(unfinished -> write(file.files(), unfinished, format, checkpoint.model().values()));
    System.out.printf(
        "%s: %d tensors of %s%n", file.place(), checkpoint.model().size(), checkpoint.resultName());
  }

  void rain(Path place, Format format) throws IOException {
    if (format != Format.TORCH) {
      throw new UserMistake(
          "--format %s: a generator is exported as torch alone; %s in its folder is safetensors already"
              .formatted(format.name().toLowerCase(Locale.ROOT), RainFolder.FILE));
    }
    Set<String> names = Set.of("encoder.pth", "decoder.pth", "fc_encoder.pth", "fc_decoder.pth");
    WholeOutput folder =
        WholeOutput.at(
            "--out",
            out,
            hadoop,
            force,
            "an exported generator",
            (files, there) ->
                there.isDirectory()
                    && Arrays.stream(files.listStatus(there.getPath()))
                        .allMatch(file -> names.contains(file.getPath().getName())));
    Map<String, List<NamedTensor>> parts =
        RainExport.parts(RainFolder.read(place, hadoop), place.toString());
    List<String> written = new ArrayList<>();
    folder.write(
        unfinished -> {
          folder.files().mkdirs(unfinished);
          for (Map.Entry<String, List<NamedTensor>> part : parts.entrySet()) {
            Path file = new Path(unfinished, part.getKey() + TORCH);
            write(folder.files(), file, format, part.getValue());
            written.add(
                "%s: %d tensors"
                    .formatted(new Path(folder.place(), file.getName()), part.getValue().size()));
          }
        });
    written.forEach(System.out::println);
  }

  private static void write(
      FileSystem files, Path file, Format format, Collection<NamedTensor> tensors)
      throws IOException {
    try (OutputStream to = files.create(file, true)) {
      format.write(to, tensors);
    }
  }

  private static byte[] start(FileSystem files, FileStatus there) throws IOException {
    try (FSDataInputStream in = files.open(there.getPath())) {
      return in.readNBytes(Long.BYTES + 1);
    }
  }
}
