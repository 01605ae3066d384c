package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.origin.Kind;
import org.stylemining.origin.Origin;
import org.stylemining.origin.OriginReader;
import org.stylemining.provenance.Build;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.provenance.WeightsFingerprint;

/**
 * A training that is done again.
 *
 * @param place as it was given
 * @param origin what is known of it; its configuration is there
 * @param allowOtherData whether other data and weights than it read will do
 */
record Repetition(String place, Origin origin, boolean allowOtherData) {
  private static final String OPTION = "--like ";

  /**
   * Finds it.
   *
   * @param place a run folder or a checkpoint of {@code train}
   * @throws UserMistake where it is something else, or its configuration was not kept
   */
  static Repetition of(String place, boolean allowOtherData, Configuration hadoop)
      throws IOException {
    Origin origin;
    try {
      origin = OriginReader.read(place, hadoop);
    } catch (UserMistake e) {
      throw new UserMistake(OPTION + e.getMessage(), e);
    }
    String command = origin.provenance().map(Provenance::command).orElse("train");
    boolean trained = origin.kind() == Kind.RUN || origin.kind() == Kind.CHECKPOINT;
    if (!trained || !command.startsWith("train")) {
      throw new UserMistake(
          "%s%s: expected what `train` made, a run folder or a checkpoint; found %s%s"
              .formatted(
                  OPTION,
                  place,
                  origin.name(),
                  origin.provenance().map(made -> ", made by asm " + made.command()).orElse("")));
    }
    if (origin.configuration().isEmpty()) {
      throw new UserMistake(
          "%s%s: its configuration was not kept, so it cannot be done again"
              .formatted(OPTION, origin.path()));
    }
    return new Repetition(place, origin, allowOtherData);
  }

  /**
   * Its configuration, with values on top. Values of environment variables are as they were; the
   * number of workers is the one that it trained with, as the result depends on it.
   *
   * @throws UserMistake where this program cannot read it
   */
  AsmConfig read(List<String> overrides) {
    StringBuilder text = new StringBuilder(origin.configuration().orElseThrow());
    workers().ifPresent(workers -> text.append("\ncluster.workers = ").append(workers));
    try {
      return ConfigReader.parse(text.toString(), origin.path().toString(), overrides);
    } catch (UserMistake mistake) {
      Build now = Build.current();
      String before = program();
      throw before.equals(now.toString())
          ? mistake
          : new UserMistake(
              "%s\n(the configuration is one of %s, this is %s)"
                  .formatted(mistake.getMessage(), before, now),
              mistake);
    }
  }

  private Optional<String> workers() {
    return origin
        .provenance()
        .map(Provenance::cluster)
        .map(cluster -> Integer.toString(cluster.workers()))
        .or(() -> Optional.ofNullable(origin.facts().get("workers")));
  }

  /** The experiment's name. */
  String experiment() {
    return origin.provenance().map(Provenance::experiment).orElse(origin.path().getName());
  }

  private String program() {
    return origin
        .provenance()
        .map(made -> new Build(made.version(), made.commit()).toString())
        .orElse("an unknown version");
  }

  /** What may make the result another one, a line each, beside data and weights. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    Build now = Build.current();
    if (!program().equals(now.toString())) {
      lines.add(
          "%s%s was made by version %s of the program, this is %s: the result may be another one"
              .formatted(OPTION, place, program(), now));
    }
    if (origin.provenance().isEmpty()) {
      lines.add(
          "%s%s: what data it read was not written down, so whether these are the same cannot be told"
              .formatted(OPTION, place));
    }
    return lines;
  }

  /**
   * What is read now and is not what was read then, a line each. Where a thing lies makes no
   * difference; nor does what only one of the two reads, since values on top ask for that.
   *
   * @param now what the repetition reads
   */
  List<String> differences(Inputs now) {
    if (origin.provenance().isEmpty()) {
      return List.of();
    }
    Provenance made = origin.provenance().get();
    Map<String, List<Content>> before = contents(made.data(), made.weights());
    Map<String, List<Content>> found = contents(now.data(), now.weights());
    found.keySet().retainAll(before.keySet());
    List<String> lines = new ArrayList<>();
    found.forEach(
        (name, is) -> {
          List<Content> was = before.get(name);
          if (!hashes(was).equals(hashes(is))) {
            lines.add("%s: expected %s, found %s".formatted(name, words(was), words(is)));
          }
        });
    return lines;
  }

  /** A set or a file: what tells it from others, and how a person is told of it. */
  private record Content(String hash, String words) {}

  private static List<String> hashes(List<Content> all) {
    return all.stream().map(Content::hash).toList();
  }

  private static String words(List<Content> all) {
    return String.join(" and ", all.stream().map(Content::words).toList());
  }

  private static Map<String, List<Content>> contents(
      List<DataFingerprint> data, List<WeightsFingerprint> weights) {
    Map<String, List<Content>> contents = new TreeMap<>();
    for (DataFingerprint set : data) {
      contents
          .computeIfAbsent(set.name(), name -> new ArrayList<>())
          .add(
              new Content(
                  set.listing(),
                  "%d files of %d bytes in %s (listing %.12s)"
                      .formatted(set.files(), set.bytes(), set.root(), set.listing())));
    }
    for (WeightsFingerprint file : weights) {
      contents
          .computeIfAbsent(file.name(), name -> new ArrayList<>())
          .add(
              new Content(
                  file.sha256(),
                  "%d bytes in %s (sha256 %.12s)"
                      .formatted(file.bytes(), file.file(), file.sha256())));
    }
    return contents;
  }

  /**
   * Checks that what is read now is what was read then.
   *
   * @throws UserMistake where it is not, and that is not allowed
   */
  void requireSame(Inputs now) {
    List<String> differences = differences(now);
    if (!differences.isEmpty() && !allowOtherData) {
      throw new UserMistake(
          "%s%s: this is not what that run read; add --allow-other-data to train on it all the same:\n  %s"
              .formatted(OPTION, place, String.join("\n  ", differences)));
    }
  }
}
