package org.stylemining.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.score.ConfusionMatrix;

/** A small run as the report finds it, with made-up numbers and painted streets. */
final class ExampleRun {
  static final LabelSpace SPACE = LabelSpace.CITYSCAPES19;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 160;

  private final RunFolder run;
  private final Random random = new Random(3);

  ExampleRun(Path folder) throws IOException {
    this.run = RunFolder.at(folder.toString(), new Configuration());
  }

  RunFolder folder() {
    return run;
  }

  /** Writes a page of a complete run into the folder that is the only argument, to look at it. */
  public static void main(String[] arguments) throws IOException {
    ExampleRun example = new ExampleRun(Path.of(arguments[0]));
    example.provenance().configuration().metrics(60, 2).strips().evaluation().explanation("");
    System.out.println(ReportPage.write(example.folder()));
  }

  ExampleRun provenance() throws IOException {
    DataFingerprint source =
        new DataFingerprint(
            "source gta5",
            "hdfs://cluster/data/gta5",
            49_932,
            61_200_000_000L,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    DataFingerprint target =
        new DataFingerprint(
            "target cityscapes",
            "hdfs://cluster/data/cityscapes",
            2_975,
            6_900_000_000L,
            "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752");
    Provenance provenance =
        Provenance.start(
            "gta5-to-cityscapes",
            "train conf/gta5-to-cityscapes.conf mining.depth=2 --out runs/<new>",
            1,
            new Cluster("application_1700000000000_0042", "yarn", 2, 2),
            "CpuBackend",
            List.of(source, target),
            Instant.parse("2025-06-01T12:00:00Z"));
    run.write(run.provenance(), provenance.endedAt(Instant.parse("2025-06-01T12:09:31Z")).toJson());
    return this;
  }

  ExampleRun configuration() throws IOException {
    run.write(
        run.config(),
        """
        seed = 1
        data {
          sources = [ { type = gta5, root = "hdfs://cluster/data/<gta5>", weight = 1.0 } ]
          target { type = cityscapes, root = "hdfs://cluster/data/cityscapes", shots = 1 }
          labels = cityscapes19
        }
        model { backbone = resnet101 }
        mining { sampling = adversarial, depth = 2, step = relative, step-size = 0.3 }
        training { method = asm }
        """);
    return this;
  }

  ExampleRun metrics(int rounds, int depth) throws IOException {
    try (MetricsLog log = MetricsLog.start(run)) {
      for (int round = 1; round <= rounds; round++) {
        double level = 0.62 + 2.2 * Math.exp(-4.0 * round / rounds) + 0.05 * random.nextGaussian();
        for (int worker = 0; worker < 2; worker++) {
          for (int step = 1; step <= depth; step++) {
            double loss = level * (1 + 0.07 * (step - 1)) + 0.04 * random.nextGaussian();
            log.write(
                new StepRecord(
                    round,
                    worker,
                    10L * round,
                    step,
                    loss,
                    loss - 0.01,
                    40,
                    8.4 + 0.9 * (step - 1) + 0.1 * random.nextGaussian(),
                    8.5 + 0.1 * random.nextGaussian(),
                    step < depth ? 2.4 : 0,
                    2.4e-4,
                    4,
                    0.8,
                    0.01));
          }
        }
        if (round == rounds / 2 + 1) {
          log.write(
              new DamagedRecord(
                  round,
                  "hdfs://cluster/data/gta5/images/01234.png",
                  "expected a PNG, found 0 bytes <empty>"));
          log.write(
              new DamagedRecord(
                  round,
                  "hdfs://cluster/data/gta5/labels/07001.png",
                  "label value 77 is not in the table of gta5"));
        }
        log.write(new MemoryRecord(round, "1", "node-7", 5L << 30, 3L << 30, 1L << 30));
        log.write(new MemoryRecord(round, "2", "node-8", 6L << 30, -1, 1L << 29));
        log.write(new MemoryRecord(round, "driver", "node-1", 2L << 30, 1L << 28, 1L << 30));
        log.write(
            new RoundRecord(
                round,
                rounds,
                10L * round,
                10L * rounds,
                2,
                level,
                80,
                9.1,
                8.8,
                8.0,
                0.4,
                round > rounds / 2 ? 2 : 0,
                8.8 * (rounds - round)));
        if (round % 20 == 0) {
          log.write(new CheckpointRecord(round, "checkpoints/" + RunFolder.roundName(round)));
        }
      }
    }
    return this;
  }

  ExampleRun strips() throws IOException {
    LabelMap street = street(0);
    for (int round : new int[] {1, 30, 60}) {
      List<MiningStrip.Step> steps =
          List.of(new MiningStrip.Step(1, 2.31, 8.2), new MiningStrip.Step(2, 2.52, 9.4));
      new MiningStrip(round, "images/00017.png", steps)
          .write(
              run,
              photo(street, 1, 0),
              List.of(photo(street, 0.7, 30), photo(street, 0.5, 60 - round)));
    }
    try (var out = run.fileSystem().create(run.anchorPicture(), true)) {
      out.write(ImageFiles.encodePng(photo(street(5), 0.6, 25)));
    }
    return this;
  }

  /** Configuration and evaluation of a classifier of digits. */
  ExampleRun classifier() throws IOException {
    run.write(
        run.config(),
        """
        data {
          sources = [ { type = mnist } ]
          target { type = usps }
          labels = digits10
        }
        model { network = resnet18, backbone = resnet101 }
        mining { sampling = adversarial, depth = 5 }
        training { method = asm }
        """);
    LabelSpace digits = LabelSpace.DIGITS10;
    ConfusionMatrix matrix = new ConfusionMatrix(digits.count());
    int[][] images = {{1, 7}, {4, 4}, {0, 0}};
    for (int i = 0; i < images.length; i++) {
      LabelMap label = LabelMap.filled(1, 1, images[i][0]);
      LabelMap prediction = LabelMap.filled(1, 1, images[i][1]);
      matrix.add(label, prediction);
      PredictionSample.write(
          run.fileSystem(),
          run.samples(),
          "zip.test.gz#" + i,
          RgbImage.black(16, 16),
          Optional.of(label),
          prediction,
          digits);
    }
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    run.write(run.scores(), matrix.classification(digits.classes(), all).toJson());
    return this;
  }

  ExampleRun evaluation() throws IOException {
    ConfusionMatrix matrix = new ConfusionMatrix(SPACE.count());
    for (int i = 0; i < 3; i++) {
      LabelMap label = street(i);
      LabelMap prediction = guess(label);
      matrix.add(label, prediction);
      PredictionSample.write(
          run.fileSystem(),
          run.samples(),
          "val/frankfurt/frankfurt_00000" + i + ".png",
          photo(label, 0.6, 25),
          Optional.of(label),
          prediction,
          SPACE);
    }
    run.write(run.scores(), matrix.scores(SPACE.classes()).toJson());
    return this;
  }

  /**
   * Styles and features as {@code explain} finds them.
   *
   * @param label of every image; empty where pixels are labelled
   */
  ExampleRun explanation(String label) throws IOException {
    List<Explanation.Point> styles = new ArrayList<>();
    List<Explanation.Point> features = new ArrayList<>();
    styles.add(point(Explanation.Kind.ANCHOR, -1, 0, "", 0));
    for (int i = 0; i < 40; i++) {
      styles.add(point(Explanation.Kind.SOURCE, i, 0, label, 12));
      styles.add(point(Explanation.Kind.TARGET, -1, 0, label, 1));
      Explanation.Point drawn = point(Explanation.Kind.MINED, i, 1, label, 0);
      styles.add(drawn);
      styles.add(
          new Explanation.Point(
              drawn.kind(), drawn.name(), i, 2, label, drawn.x() + 0.6, drawn.y() + 0.9));
      features.add(point(Explanation.Kind.SOURCE, i, 0, label, 9));
      features.add(point(Explanation.Kind.MINED, i, 2, label, 5));
      features.add(point(Explanation.Kind.TARGET, -1, 0, label, 3));
    }
    new Explanation(
            "runs/<new>/checkpoints/round-000060",
            1,
            "adversarial",
            40,
            40,
            List.of("2 of 42 source images were damaged."),
            List.of(
                new Explanation.Step(1, 0.61, 8.5, 0, 8.5, 2.4),
                new Explanation.Step(2, 0.83, 8.9, 2.4, 8.5, 0)),
            0.18,
            new Explanation.Embedding(1024, 30, 0.7, styles),
            List.of(
                new Explanation.Nearest("another target image", 40, 12.5),
                new Explanation.Nearest("the anchor", 1, 25)),
            new Explanation.Embedding(512, 30, 0.6, features),
            List.of(new Explanation.Neighbours("source images", 40, 0.125, 0.336)))
        .write(run);
    LabelMap street = street(0);
    for (String sampling : List.of("anchored", "random", "adversarial")) {
      try (var out = run.fileSystem().create(run.samplingStrip(sampling), true)) {
        out.write(ImageFiles.encodePng(StripImage.of(List.of(photo(street, 0.7, 30)))));
      }
    }
    return this;
  }

  private Explanation.Point point(
      Explanation.Kind kind, int draw, int step, String label, double x) {
    return new Explanation.Point(
        kind,
        (kind == Explanation.Kind.TARGET ? "frankfurt_" : "0000") + random.nextInt(100) + ".png",
        draw,
        step,
        label,
        x + 2 * random.nextGaussian(),
        2 * random.nextGaussian());
  }

  /** Sky, buildings, trees, a road with pavements and cars; the lowest rows are not labelled. */
  static LabelMap street(int shift) {
    byte[] ids = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int skyline = 50 + 20 * (((x + 17 * shift) / 40) % 3);
        int edge = (y - 90) * 2;
        boolean road = y > 90 && Math.abs(x - WIDTH / 2) < edge + 20;
        boolean pavement = y > 90 && Math.abs(x - WIDTH / 2) < edge + 60;
        boolean car = Math.abs(x - 210 - 9 * shift) < 22 && Math.abs(y - 112) < 12;
        boolean person = Math.abs(x - 60 - 11 * shift) < 5 && Math.abs(y - 100) < 20;
        boolean tree = Math.hypot(x - 110 + 13 * shift, y - 66) < 26;
        int id =
            y > 154
                ? 255
                : car
                    ? 13
                    : person ? 11 : tree ? 8 : road ? 0 : pavement ? 1 : y > skyline ? 2 : 10;
        ids[y * WIDTH + x] = (byte) id;
      }
    }
    return new LabelMap(WIDTH, HEIGHT, ids);
  }

  private LabelMap guess(LabelMap label) {
    byte[] ids = label.ids().clone();
    for (int blob = 0; blob < 60; blob++) {
      int cx = random.nextInt(WIDTH);
      int cy = random.nextInt(HEIGHT);
      byte id = label.ids()[random.nextInt(140 * WIDTH)];
      int radius = 3 + random.nextInt(8);
      for (int y = Math.max(0, cy - radius); y < Math.min(HEIGHT, cy + radius); y++) {
        for (int x = Math.max(0, cx - radius); x < Math.min(WIDTH, cx + radius); x++) {
          ids[y * WIDTH + x] = id;
        }
      }
    }
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ids[i] == -1 ? 0 : ids[i];
    }
    return new LabelMap(WIDTH, HEIGHT, ids);
  }

  static RgbImage photo(LabelMap street, double light, int haze) {
    byte[] rgb = new byte[3 * street.ids().length];
    Random grain = new Random(1);
    for (int i = 0; i < street.ids().length; i++) {
      int id = street.ids()[i] & 0xff;
      int colour =
          id == 10
              ? 0xa8c8e8
              : id == 8
                  ? 0x4f7040
                  : id == 13
                      ? 0x9c2b2b
                      : id == 2 ? 0x9a8570 : id == 1 ? 0xa09890 : id == 11 ? 0x304060 : 0x63666a;
      for (int c = 0; c < 3; c++) {
        int value = colour >> (16 - 8 * c) & 0xff;
        rgb[3 * i + c] =
            (byte)
                Math.max(
                    0,
                    Math.min(
                        255,
                        (int)
                            (value * light
                                + haze * (c == 0 ? 1.3 : 0.8)
                                + 6 * grain.nextGaussian())));
      }
    }
    return new RgbImage(street.width(), street.height(), rgb);
  }
}
