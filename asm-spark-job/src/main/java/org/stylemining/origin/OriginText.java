package org.stylemining.origin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.provenance.WeightsFingerprint;

/** An origin for people, and for programs. */
public final class OriginText {
  private static final int SHORT_HASH = 12;

  private final StringBuilder text = new StringBuilder();

  private OriginText() {}

  /**
   * For the terminal.
   *
   * @param all whether the whole configuration is shown, not only what was set in it
   */
  public static String of(Origin origin, boolean all) {
    OriginText lines = new OriginText();
    lines.line(origin.kind().words(), origin.path().toString());
    Optional<Provenance> provenance = origin.provenance();
    origin
        .facts()
        .forEach(
            (name, value) -> {
              // Told by the provenance below, where there is one.
              if (provenance.isEmpty() || !List.of("program", "seed", "workers").contains(name)) {
                lines.line(name, value);
              }
            });
    if (provenance.isPresent()) {
      lines.provenance(provenance.get());
    } else {
      lines.line("made by", "not written down: it was made before that was, or elsewhere");
    }
    origin.configuration().ifPresent(known -> lines.configuration(known, all));
    return lines.text.toString();
  }

  /** Indented JSON: kind, path, facts, provenance and configuration, as far as they are known. */
  public static String json(Origin origin) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("kind", origin.kind().words());
    root.put("path", origin.path().toString());
    ObjectNode facts = root.putObject("facts");
    origin.facts().forEach(facts::put);
    origin.configuration().ifPresent(known -> root.put("configuration", known));
    String text = root.toPrettyString() + "\n";
    return origin.provenance().map(made -> made.into(text)).orElse(text);
  }

  private void provenance(Provenance made) {
    line("made by", "asm " + made.command());
    line("program", made.version() + ", commit " + made.commit());
    line("experiment", made.experiment());
    line("seed", Long.toString(made.seed()));
    Cluster cluster = made.cluster();
    if (cluster != null) {
      line(
          "Spark",
          "%s on %s, executors: %d, workers: %d"
              .formatted(
                  cluster.applicationId(),
                  cluster.master(),
                  cluster.executors(),
                  cluster.workers()));
    }
    line("Java", made.java());
    line("arrays", made.backend());
    line("started", made.started());
    if (!made.resumed().isEmpty()) {
      line("resumed", String.join(", ", made.resumed()));
    }
    line("ended", made.ended() == null ? "not when this was written" : made.ended());
    for (DataFingerprint set : made.data()) {
      line(
          "data",
          "%s in %s: %d files, %d bytes, listing %s"
              .formatted(set.name(), set.root(), set.files(), set.bytes(), shorter(set.listing())));
    }
    for (WeightsFingerprint file : made.weights()) {
      line(
          "weights",
          "%s in %s: %d bytes, sha256 %s"
              .formatted(file.name(), file.file(), file.bytes(), shorter(file.sha256())));
    }
  }

  static String shorter(String hash) {
    return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
  }

  private void configuration(String known, boolean all) {
    if (all) {
      text.append("configuration\n").append(known.stripTrailing().indent(2));
      return;
    }
    text.append("configuration, as far as it is not this program's default\n");
    for (SetValues.Value value : SetValues.of(known)) {
      text.append("  ").append(value.key()).append(" = ").append(value.value());
      if (!value.origin().isEmpty()) {
        text.append("  # ").append(value.origin());
      }
      text.append('\n');
    }
  }

  private void line(String name, String value) {
    if (value != null && !value.isEmpty()) {
      text.append(String.format(Locale.ROOT, "%-13s %s%n", name, value));
    }
  }
}
