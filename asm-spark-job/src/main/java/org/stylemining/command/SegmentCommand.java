package org.stylemining.command;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.stylemining.serving.LabelIds;
import org.stylemining.serving.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "segment",
    description = {
      "Labels every image of a folder tree with a trained network: PNG and JPEG; a/b/c.jpg gives a/b/c.png below --output, an 8-bit grey PNG of the image's size whose values are train ids.",
      "A file appears whole or not at all. The same command again does what is not done yet: after a failure, or for images that are new or changed.",
      "In --output besides: _labels.json (what the values mean and what made them), _provenance.json, _summary.json, _failures.jsonl (images that could not be labelled, and why), and _SUCCESS."
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:every image has its labels",
      "1:any other failure",
      "2:a mistake to put right, before any work",
      "3:some images failed, no more than data.max-bad-fraction of them; the others have their labels",
      "4:more failed, and there is no _SUCCESS"
    },
    footer = {
      "  bin/asm segment demo --checkpoint runs/first --input photos --output labels \\",
      "      --color --overlay"
    })
final class SegmentCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "PATH",
      description = "A checkpoint, or a run folder (its newest complete one).")
  private String checkpoint;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description =
          "A folder, an image, or a pattern (*, ?, [a-z], {a,b}) in quotes; a path or a URI. Files and folders whose names begin with . or _ are passed over.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "PATH",
      description =
          "Folder for the labels; a path or a URI. Labels of another checkpoint, network, input size or folder are not mixed in.")
  private String output;

  @Option(
      names = "--ids",
      paramLabel = "IDS",
      showDefaultValue = Visibility.NEVER,
      description =
          "train (default): pixel value = train id; cityscapes: the ids of Cityscapes' label files (7 road, 8 sidewalk, ...).")
  private LabelIds ids = LabelIds.TRAIN;

  @Option(
      names = "--color",
      description =
          "Writes NAME_color.png too: the same values, with the label space's colors as palette.")
  private boolean color;

  @Option(
      names = "--overlay",
      description = "Writes NAME_overlay.png too: the image under half-transparent colors.")
  private boolean overlay;

  @Option(
      names = "--probabilities",
      description =
          "Writes NAME_probability.png too: 8-bit grey, the softmax probability of the pixel's class, 0..255 for 0..1.")
  private boolean probabilities;

  @Option(
      names = "--batch",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description =
          "Images that go through the network together; memory grows with it. Default: as many as make 256 x 512 pixels of its input.")
  private int batch;

  @Option(
      names = "--overwrite",
      description = "Labels all images again, also over labels of another checkpoint.")
  private boolean overwrite;

  @Override
  public Integer call() throws Exception {
    Set<View> views = EnumSet.of(View.LABELS);
    if (color) {
      views.add(View.COLOR);
    }
    if (overlay) {
      views.add(View.OVERLAY);
    }
    if (probabilities) {
      views.add(View.PROBABILITY);
    }
    SegmentJob job =
        SegmentJob.check(conf, checkpoint, input, output, views, ids, batch, overwrite);
    return job.run();
  }
}
