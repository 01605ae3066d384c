package org.stylemining.command;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.config.UserMistake;
import org.stylemining.data.demo.DemoData;
import org.stylemining.data.demo.DemoOptions;
import org.stylemining.report.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "make-demo-data",
    description =
        "Draws small street scenes with all 19 classes: gta5 and synthia with labels, and a hazy target domain in Cityscapes' layout.",
    footer = "  bin/asm make-demo-data --out data/drawn --images 16 --target 8",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MakeDemoDataCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the three sets; a path or a URI.")
  private String out;

  @Option(names = "--images", description = "Images of each of the two sources.")
  private int images = 64;

  @Option(
      names = "--target",
      description = "Images of the target; a quarter in train, the others in val.")
  private int target = 32;

  @Option(names = "--width", description = "Pixels.")
  private int width = 256;

  @Option(names = "--height", description = "Pixels.")
  private int height = 128;

  @Option(names = "--seed", description = "The same seed draws the same images.")
  private long seed = 1;

  @Override
  public Integer call() throws Exception {
    DemoOptions options;
    try {
      options = new DemoOptions(images, target, width, height, seed);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("make-demo-data: " + e.getMessage(), e);
    }
    Configuration hadoop = SparkRun.hadoop();
    RunFolder folder = Outputs.folder(out, hadoop);
    DemoData.write(folder.path(), options, hadoop);
    System.out.println(folder.path());
    return 0;
  }
}
