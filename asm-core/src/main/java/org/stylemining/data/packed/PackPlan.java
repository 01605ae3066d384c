package org.stylemining.data.packed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.stylemining.dataset.FolderListing;

/**
 * What a packed set is made of; {@value #FILE} beside its shards, from before the first of them is
 * written. By it a run that was broken off is taken up again, and a changed source is noticed.
 *
 * @param root the set that is packed, as it was named
 * @param type of the set
 * @param split the part of it; null: all of it
 * @param labels whether labels are packed too
 * @param format of the shards
 * @param shardMb size at which a shard is full, in MiB
 * @param shards all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackPlan(
    String root,
    String type,
    String split,
    boolean labels,
    PackFormat format,
    int shardMb,
    List<PlannedShard> shards) {
  /** Its name. */
  public static final String FILE = "_plan.json";

  public PackPlan {
    shards = shards == null ? List.of() : List.copyOf(shards);
  }

  /** Fills shards with samples, in their order: a shard is full before it is too large. */
  public static PackPlan of(
      String root,
      String type,
      String split,
      boolean labels,
      PackFormat format,
      int shardMb,
      List<SetSample> samples) {
    long most = (long) shardMb << 20;
    List<PlannedShard> shards = new ArrayList<>();
    List<SetSample> open = new ArrayList<>();
    long bytes = 0;
    for (SetSample sample : samples) {
      if (!open.isEmpty() && bytes + sample.bytes() > most) {
        shards.add(new PlannedShard(name(shards.size(), format), open));
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(sample);
      bytes += sample.bytes();
    }
    if (!open.isEmpty()) {
      shards.add(new PlannedShard(name(shards.size(), format), open));
    }
    return new PackPlan(root, type, split, labels, format, shardMb, shards);
  }

  private static String name(int index, PackFormat format) {
    return String.format(Locale.ROOT, "part-%05d.%s", index, format.ending());
  }

  /** All samples, in the set's order. */
  public List<SetSample> samples() {
    return shards.stream().flatMap(shard -> shard.samples().stream()).toList();
  }

  /** Bytes of all their files. */
  public long bytes() {
    return samples().stream().mapToLong(SetSample::bytes).sum();
  }

  /**
   * This plan, its samples' files being as they are now.
   *
   * @param now a plan of the same set
   * @param leftOut images that were not packed, which may have been put right since
   * @throws IllegalArgumentException telling every difference, a line each, where another set was
   *     planned, or in another way, or its files have changed
   */
  public PackPlan updated(PackPlan now, Set<String> leftOut) {
    List<String> differences = new ArrayList<>();
    compare("the set", root, now.root, differences);
    compare("its type", type, now.type, differences);
    compare("the split", split, now.split, differences);
    compare("labels", labels, now.labels, differences);
    compare("--format", format, now.format, differences);
    compare("--shard-mb", shardMb, now.shardMb, differences);
    if (differences.isEmpty()) {
      compareFiles(now, leftOut, differences);
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n  ", differences));
    }
    Map<String, SetSample> samples = byImage(now);
    return new PackPlan(
        root,
        type,
        split,
        labels,
        format,
        shardMb,
        shards.stream()
            .map(
                shard ->
                    new PlannedShard(
                        shard.name(),
                        shard.samples().stream()
                            .map(sample -> samples.get(sample.image().path()))
                            .toList()))
            .toList());
  }

  private static void compare(String what, Object was, Object is, List<String> differences) {
    if (!Objects.equals(was, is)) {
      differences.add("%s was %s, found %s".formatted(what, was, is));
    }
  }

  private void compareFiles(PackPlan now, Set<String> leftOut, List<String> differences) {
    Map<String, SetSample> is = byImage(now);
    List<String> gone = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (SetSample was : samples()) {
      String path = was.image().path();
      SetSample found = is.remove(path);
      if (found == null) {
        gone.add(path);
      } else if (!leftOut.contains(path) && !found.equals(was)) {
        changed.add(path);
      }
    }
    name("gone", gone, differences);
    name("changed in size or time, or their labels", changed, differences);
    name("new", is.keySet().stream().sorted().toList(), differences);
  }

  private static void name(String what, List<String> paths, List<String> differences) {
    if (!paths.isEmpty()) {
      differences.add("images that are %s: %s".formatted(what, FolderListing.firstFew(paths)));
    }
  }

  private static Map<String, SetSample> byImage(PackPlan plan) {
    Map<String, SetSample> samples = new HashMap<>();
    plan.samples().forEach(sample -> samples.put(sample.image().path(), sample));
    return samples;
  }
}
