package org.stylemining.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stylemining.data.packed.PackFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pack",
    description = {
      "Packs a data set's files into few large ones: SequenceFiles or Parquet files, and a manifest beside them, for file systems that suffer from many small ones.",
      "The packed set has the type that it had; its root is DIR.",
      "Every image and label is decoded before it is packed. The same command again goes on where one was broken off."
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:every sample is packed",
      "1:any other failure",
      "2:a mistake to put right, before any work",
      "3:some are damaged and were left out, no more than data.max-bad-fraction of them",
      "4:more are, and there is no manifest"
    },
    footer = {
      "  bin/asm datasets pack --type gta5 --root data/drawn/gta5 \\",
      "      --out data/packed/gta5"
    })
final class PackCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CONF",
      description =
          "Configuration file, or the name of an experiment in conf/, that names the set; else --type and --root do.")
  private String conf;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      showDefaultValue = Visibility.NEVER,
      description = "Values that override the file's.")
  private List<String> overrides = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY",
      description =
          "Which set of CONF: data.sources[0], data.target, ...; needed where it has several sources.")
  private String set;

  @Option(names = "--type", paramLabel = "TYPE", description = "Type of the set, without CONF.")
  private String type;

  @Option(
      names = "--root",
      paramLabel = "PATH",
      description =
          "Folder of the set, without CONF; a path or a URI. sequence:PATH or parquet:PATH: shards that others have made.")
  private String root;

  @Option(
      names = "--split",
      paramLabel = "PART",
      description = "Part of the set, without CONF; default: all of it.")
  private String split;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the shards; a path or a URI.")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      showDefaultValue = Visibility.NEVER,
      description = "sequence (default): Hadoop SequenceFiles; parquet.")
  private PackFormat format = PackFormat.SEQUENCE;

  @Option(
      names = "--shard-mb",
      paramLabel = "MB",
      description = "Size at which a shard is full, in MiB.")
  private int shardMb = 128;

  @Option(
      names = "--images",
      description = "Packs the images alone, as a target needs them; the set may have no labels.")
  private boolean images;

  @Option(
      names = "--workers",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description =
          "Workers that are to train on the set: warns where there will be fewer shards. Default: cluster.workers of CONF, else this job's task slots.")
  private int workers;

  @Option(names = "--overwrite", description = "Packs all of it again.")
  private boolean overwrite;

  @Override
  public Integer call() throws Exception {
    SetChoice named =
        SetChoice.of(
            Optional.ofNullable(conf),
            overrides,
            Optional.ofNullable(set),
            Optional.ofNullable(type),
            Optional.ofNullable(root),
            Optional.ofNullable(split));
    return PackJob.check(named, out, format, shardMb, images, workers, overwrite).run();
  }
}
