package org.stylemining.report;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.stylemining.config.UserMistake;

/**
 * Another run's example predictions, to stand beside a run's own of the same images, as in the
 * paper's Fig. 5.
 *
 * @param name what it is called on the page
 * @param fileSystem that holds the examples
 * @param samples by the images' names
 */
record Baseline(String name, FileSystem fileSystem, Map<String, PredictionSample> samples) {

  /**
   * Finds them in a folder as {@link ReportPage} takes them.
   *
   * @throws UserMistake where there is no such folder, or no example in it
   */
  static Baseline find(RunFolder folder) throws IOException {
    ReportFolder parts = ReportFolder.find(folder);
    Map<String, PredictionSample> samples = new LinkedHashMap<>();
    for (PredictionSample sample : PredictionSample.list(folder.fileSystem(), parts.samples())) {
      samples.put(sample.name(), sample);
    }
    if (samples.isEmpty()) {
      throw new UserMistake(
          "--baseline %s: expected example predictions in %s, which `evaluate` writes; found none"
              .formatted(folder.path(), parts.samples()));
    }
    RunFolder run = parts.run();
    String configuration = run.fileSystem().exists(run.config()) ? run.read(run.config()) : "";
    String name = Headline.method(configuration).orElse(parts.folder().getName());
    return new Baseline(name, folder.fileSystem(), samples);
  }

  /** Its example of an image, where it has one. */
  Optional<PredictionSample> of(PredictionSample sample) {
    return Optional.ofNullable(samples.get(sample.name()));
  }
}
