package org.stylemining.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.DriftRecord;
import org.stylemining.report.MemoryRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.MiningStrip;
import org.stylemining.report.PredictionSample;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;
import org.stylemining.report.WorkerRecord;

/** A run of two workers as its folder tells of it, with made-up numbers and plain pictures. */
final class WatchedRun {
  static final int ROUNDS = 40;

  private final RunFolder folder;

  WatchedRun(Path folder) throws IOException {
    this.folder = RunFolder.at(folder.toString(), new Configuration());
  }

  RunFolder folder() {
    return folder;
  }

  /** What the run began with. */
  WatchedRun begun() throws IOException {
    folder.write(
        folder.config(),
        """
        data { sources = [ { type = gta5 } ], target { type = cityscapes }, labels = cityscapes19 }
        model { backbone = resnet50 }
        mining { sampling = adversarial, depth = 2 }
        training { method = asm }
        """);
    folder.write(folder.provenance(), provenance().toJson());
    return this;
  }

  private static Provenance provenance() {
    return Provenance.start(
        "watched",
        "train demo --out runs/watched",
        1,
        new Cluster("local-1", "local[2]", 1, 2),
        "CpuBackend",
        List.of(),
        Instant.parse("2025-06-01T12:00:00Z"));
  }

  WatchedRun ended() throws IOException {
    folder.write(
        folder.provenance(), provenance().endedAt(Instant.parse("2025-06-01T12:09:31Z")).toJson());
    return this;
  }

  /** Goes on behind a round, up to another. */
  WatchedRun rounds(int behind, int last) throws IOException {
    try (MetricsLog log = MetricsLog.resume(folder, behind)) {
      for (int round = behind + 1; round <= last; round++) {
        round(log, round);
      }
    }
    return this;
  }

  /** Writes one round's lines. */
  static void round(MetricsLog log, int round) throws IOException {
    double loss = 1 + 2 * Math.exp(-round / 10.0);
    for (int worker = 0; worker < 2; worker++) {
      for (int step = 1; step <= 2; step++) {
        double here = loss + 0.1 * step + 0.05 * Math.sin(7.0 * round + worker);
        log.write(
            new StepRecord(
                round, worker, 2L * round, step, here, here, 0, 8 + step, 8, 3, 1e-4, 4, 0.5, 0));
      }
      log.write(
          new WorkerRecord(
              round,
              worker,
              "" + (worker + 1),
              "node-" + (worker + 1),
              WorkerRecord.Outcome.AVERAGED,
              null,
              2,
              2 + worker + 0.2 * Math.sin(round),
              0.1));
      log.write(DriftRecord.of(round, worker, 0.5 + 0.2 * Math.cos(round), 1));
      log.write(
          new MemoryRecord(
              round, "" + (worker + 1), "node-" + (worker + 1), 3L << 30, 2L << 30, 1L << 29));
    }
    log.write(new MemoryRecord(round, "driver", "node-0", 1L << 30, 1L << 28, 1L << 28));
    log.write(
        new RoundRecord(
            round,
            ROUNDS,
            2L * round,
            2L * ROUNDS,
            2,
            loss,
            16,
            16 / 3.5,
            3.5,
            3,
            0.5,
            0,
            3.5 * (ROUNDS - round)));
  }

  WatchedRun strip(int round) throws IOException {
    new MiningStrip(
            round,
            "images/00017.png",
            List.of(new MiningStrip.Step(1, 2.31, 8.2), new MiningStrip.Step(2, 2.52, 9.4)))
        .write(folder, plain(0x6080a0), List.of(plain(0x808060), plain(0xa08040)));
    return this;
  }

  WatchedRun predictions() throws IOException {
    LabelMap road = LabelMap.filled(160, 80, 0);
    PredictionSample.write(
        folder.fileSystem(),
        folder.samples(),
        "val/a.png",
        plain(0x607080),
        Optional.of(road),
        road,
        LabelSpace.CITYSCAPES19);
    return this;
  }

  private static RgbImage plain(int colour) {
    byte[] rgb = new byte[3 * 160 * 80];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (colour >> (16 - 8 * (i % 3)));
    }
    return new RgbImage(160, 80, rgb);
  }
}
