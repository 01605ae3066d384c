package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.StepRecord;
import org.stylemining.report.WorkerRecord;
import org.stylemining.report.WorkerRecord.Outcome;

/** Executors in processes of their own, of which one is killed in the middle of a round. */
@Timeout(240)
class LostExecutorTest {
  @TempDir Path folder;

  @Test
  void theRoundIsRepeatedAndEndsAsIfNothingHadHappened() throws Exception {
    float[] undisturbed;
    try (JavaSparkContext spark = LocalSpark.of(2)) {
      undisturbed = ToyRun.in(spark, folder.resolve("undisturbed")).train();
    }
    String marker = folder.resolve("killed").toString();
    try (JavaSparkContext spark = twoProcesses()) {
      ToyRun run =
          ToyRun.in(spark, folder.resolve("run")).trainers(trainer -> new Killed(trainer, marker));

      assertThat(run.train()).isEqualTo(undisturbed);

      assertThat(Path.of(marker)).exists();
      assertThat(run.watched())
          .containsPattern(
              "round 3: worker [01] was begun anew: in executor [01] on \\S+ it failed: ExecutorLostFailure \\(executor [01] exited caused by one of the running tasks\\) Reason: Command exited with code 137");
      assertThat(run.records(WorkerRecord.class))
          .filteredOn(worker -> worker.outcome() == Outcome.FAILED)
          .extracting(WorkerRecord::round)
          .containsExactly(3);
      assertThat(run.records(RoundRecord.class)).hasSize(7);
    }
  }

  /** Ends its process in the middle of round 3, where no other has done so. */
  private static final class Killed extends Wrapped {
    private final String marker;

    Killed(LocalTrainer trainer, String marker) {
      super(trainer);
      this.marker = marker;
    }

    @Override
    double loss(StepRecord step) {
      if (step.update() == 11) {
        try {
          Files.createFile(Path.of(marker));
          Runtime.getRuntime().halt(137);
        } catch (IOException e) {
          // Another was first.
        }
      }
      return step.loss();
    }
  }

  /** Spark with two executors of one slot each, in processes of their own. */
  private static JavaSparkContext twoProcesses() throws Exception {
    String home = System.getenv("SPARK_HOME");
    assumeThat(home).as("SPARK_HOME, which Spark's own launcher wants to see").isNotNull();
    // Spark looks for its own jars there, before it looks at the class path.
    Files.createDirectories(Path.of(home, "jars"));
    String tests =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("lost executor")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.executor.extraClassPath", tests)
            .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxbytes=2g"));
  }
}
