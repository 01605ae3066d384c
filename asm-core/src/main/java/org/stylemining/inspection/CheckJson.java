package org.stylemining.inspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.stylemining.config.Size;
import org.stylemining.dataset.LabelTable;
import org.stylemining.image.LabelMap;
import org.stylemining.provenance.Build;

/** A check's result for programs: {@code check.json}. */
public final class CheckJson {
  private CheckJson() {}

  /**
   * The text of the file.
   *
   * @param tables what the values of a type's label files mean, where that is known
   */
  public static String of(CheckResult result, Function<String, Optional<LabelTable>> tables) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("program", Build.current().toString());
    root.put("configuration", result.configuration());
    root.put("verdict", result.isFine() ? "fine" : "wrong");
    root.put("wrong", result.count(Severity.WRONG));
    root.put("warnings", result.count(Severity.WARNING));
    root.put("samples", result.samples());
    root.put("seed", result.seed());
    if (result.drawn() > 0) {
      root.put("samplesDrawn", result.drawn());
    }
    root.put("seconds", Math.round(1000 * result.seconds()) / 1000.0);
    root.put("maxBadFraction", result.maxBadFraction());
    size(root.putObject("resize"), result.resize());
    size(root.putObject("crop"), result.crop());
    ObjectNode anchors = root.putObject("anchors");
    anchors.put("count", result.anchorCount());
    result.anchors().forEach(anchors.putArray("first")::add);
    result.unnamed().forEach(root.putArray("notSet")::add);
    ArrayNode sets = root.putArray("sets");
    for (int i = 0; i < result.sets().size(); i++) {
      CheckedSet set = result.sets().get(i);
      Optional<LabelTable> table = set.labelled() ? tables.apply(set.type()) : Optional.empty();
      set(sets.addObject(), result, set, result.tallies().get(i), table);
    }
    ArrayNode findings = root.putArray("findings");
    result.findings().forEach(finding -> finding(findings.addObject(), finding));
    return root.toPrettyString() + "\n";
  }

  private static void set(
      ObjectNode node,
      CheckResult result,
      CheckedSet set,
      SetTally tally,
      Optional<LabelTable> table) {
    node.put("key", set.key());
    node.put("role", set.role().name().toLowerCase(Locale.ROOT));
    node.put("type", set.type());
    node.put("root", set.root());
    if (!set.split().isEmpty()) {
      node.put("split", set.split());
    }
    node.put("listed", set.listed());
    node.put("lookedAt", tally.samples());
    node.put("damaged", tally.damaged());
    node.put("imageBytes", tally.imageBytes());
    ArrayNode sizes = node.putArray("sizes");
    for (Map.Entry<Size, Long> size : Phrases.bySize(tally)) {
      ObjectNode entry = sizes.addObject();
      size(entry, size.getKey());
      entry.put("images", size.getValue());
    }
    node.put("imagesOfOtherSizes", tally.otherSizes());
    modes(node.putObject("imageModes"), tally.imageModes());
    if (!set.labelled()) {
      return;
    }
    node.put("labelBytes", tally.labelBytes());
    modes(node.putObject("labelModes"), tally.labelModes());
    ArrayNode classes = node.putArray("classes");
    for (int k = 0; k < result.space().count(); k++) {
      ObjectNode entry = classes.addObject();
      entry.put("name", result.space().classes().get(k));
      entry.put("pixels", tally.classPixels(k));
      entry.put("share", Math.round(1e8 * tally.share(k)) / 1e8);
      entry.put("files", tally.classFiles(k));
    }
    node.put("ignoredPixels", tally.ignoredPixels());
    ArrayNode values = node.putArray("values");
    tally
        .values()
        .forEach((value, count) -> value(values.addObject(), result, value, count, table));
    node.put("pixelsOfOtherValues", tally.otherValues());
  }

  private static void value(
      ObjectNode node,
      CheckResult result,
      int value,
      ValueCount count,
      Optional<LabelTable> table) {
    if (table.map(LabelTable::colours).orElse(false)) {
      node.put("colour", "#%06X".formatted(value));
    } else {
      node.put("value", value);
    }
    int id = table.map(known -> known.trainId(value)).orElse(-1);
    node.put(
        "meaning",
        id < 0 ? "unknown" : id == LabelMap.IGNORE ? "ignored" : result.space().classes().get(id));
    node.put("pixels", count.pixels());
    node.put("files", count.files());
  }

  private static void finding(ObjectNode node, Finding finding) {
    node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    node.put("code", finding.code());
    node.put("set", finding.set());
    node.put("count", finding.count());
    node.put("message", finding.message());
    ArrayNode examples = node.putArray("examples");
    for (Examples.Example example : finding.examples()) {
      ObjectNode entry = examples.addObject();
      entry.put("file", example.file());
      if (!example.detail().isEmpty()) {
        entry.put("detail", example.detail());
      }
    }
  }

  private static void modes(ObjectNode node, SortedMap<String, Examples> modes) {
    modes.forEach((mode, files) -> node.put(mode, files.count()));
  }

  private static void size(ObjectNode node, Size size) {
    node.put("width", size.width());
    node.put("height", size.height());
  }
}
