package org.stylemining.config;

import java.io.Serializable;
import java.util.List;

/**
 * Images and labels: the block {@code data}.
 *
 * @param sources labelled source sets
 * @param sourceDefaults what the entries of {@code sources} leave out
 * @param target the new domain
 * @param supervised labelled images of the target, for the upper bound
 * @param evaluation labelled images that are scored
 * @param labels classes
 * @param classes the classes where they are the user's own
 * @param custom kinds of data sets of the user's own
 * @param customDefaults what the entries of {@code custom} leave out
 * @param resize size every image is resized to
 * @param scale range of the random factor on that size
 * @param crop size of the random crop
 * @param mirror mirror left and right with probability 1/2
 * @param maxBadFraction share of damaged samples that is put up with
 * @param prefetch batches decoded ahead by each worker
 */
public record DataConfig(
    List<SourceSet> sources,
    SourceDefaults sourceDefaults,
    TargetSet target,
    SupervisedSet supervised,
    EvaluationSet evaluation,
    LabelSpaceName labels,
    List<ClassDefinition> classes,
    List<SetDefinition> custom,
    SetDefaults customDefaults,
    @Within("[1, inf)") Size resize,
    ScaleRange scale,
    @Within("[1, inf)") Size crop,
    boolean mirror,
    @Within("[0, 1]") double maxBadFraction,
    @Within("[0, inf)") int prefetch)
    implements Serializable {
  public DataConfig {
    sources = List.copyOf(sources);
    classes = List.copyOf(classes);
    custom = List.copyOf(custom);
  }
}
