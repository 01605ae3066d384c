package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.monitoring.SparkMonitor;
import org.stylemining.report.RoundRecord;
import org.stylemining.shard.RoundSchedule;

/** What Spark's own pages and its Prometheus endpoint tell of runs, read over HTTP. */
class SparkPlacesTest {
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "true")
                .set("spark.ui.port", "0")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.metrics.namespace", "street")
                .set(
                    "spark.metrics.conf.driver.sink.prometheusServlet.class",
                    "org.apache.spark.metrics.sink.PrometheusServlet")
                .set(
                    "spark.metrics.conf.driver.sink.prometheusServlet.path",
                    "/metrics/prometheus"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void jobsReadAsATrainingRun() throws Exception {
    try (JobLabel label = JobLabel.work(spark.sc(), "train runs/toy", "adversarial")) {
      ToyRun.in(spark, folder.toString(), spark.hadoopConfiguration())
          .monitor(new SparkMonitor(spark.sc(), ""))
          .train();
    }

    assertThat(descriptions("train runs/toy"))
        .containsExactly(
            "adversarial: round 1/7, updates 1-4",
            "adversarial: round 2/7, updates 5-8",
            "adversarial: round 3/7, updates 9-12",
            "adversarial: round 4/7, updates 13-16",
            "adversarial: round 5/7, updates 17-20",
            "adversarial: round 6/7, updates 21-24",
            "adversarial: round 7/7, updates 25-28");
    spark.parallelize(List.of(1), 1).count();
    assertThat(newestJob().has("jobGroup")).as("work of others is not labelled").isFalse();
    assertThat(newestJob().path("description").asText()).doesNotContain("adversarial");
  }

  @Test
  void thePrometheusEndpointHasTheLastRoundsNumbers() throws Exception {
    ToyRun run =
        ToyRun.in(spark, folder.toString(), spark.hadoopConfiguration())
            .monitor(new SparkMonitor(spark.sc(), ""));
    run.train();

    Map<String, Double> gauges = gauges();
    List<RoundRecord> rounds = run.records(RoundRecord.class);
    RoundRecord last = rounds.get(6);
    assertThat(gauges)
        .containsEntry("metrics_street_driver_asm_round_Number", 7.0)
        .containsEntry("metrics_street_driver_asm_rounds_Number", 7.0)
        .containsEntry("metrics_street_driver_asm_update_Number", 28.0)
        .containsEntry("metrics_street_driver_asm_loss_Number", last.loss())
        .containsEntry("metrics_street_driver_asm_sync_seconds_Number", last.syncSeconds())
        .containsEntry("metrics_street_driver_asm_round_seconds_Number", last.seconds())
        .containsEntry(
            "metrics_street_driver_asm_images_per_second_Number", last.imagesPerSecond());
    assertThat(gauges.get("metrics_street_driver_asm_data_wait_Number")).isBetween(0.0, 1.0);
    assertThat(gauges.get("metrics_street_driver_asm_images_Number"))
        .as("of this run and of those before it in the application")
        .isGreaterThanOrEqualTo(rounds.stream().mapToDouble(RoundRecord::images).sum());
  }

  @Test
  void runsBesideEachOtherHaveTheirOwnLabelsAndGauges() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> runs = new ArrayList<>();
      for (int cell = 1; cell <= 2; cell++) {
        String name = "anchored/seed-" + cell;
        int rounds = 2 + cell;
        runs.add(
            threads.submit(
                () -> {
                  try (JobLabel label = JobLabel.work(spark.sc(), "train " + name, "anchored")) {
                    return ToyRun.in(
                            spark, folder.resolve(name).toString(), spark.hadoopConfiguration())
                        .workers(1)
                        .schedule(RoundSchedule.fixed(2L * rounds, 2))
                        .monitor(new SparkMonitor(spark.sc(), name))
                        .train();
                  }
                }));
      }
      for (Future<float[]> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(descriptions("train anchored/seed-1"))
        .containsExactly(
            "anchored: round 1/3, updates 1-4",
            "anchored: round 2/3, updates 5-8",
            "anchored: round 3/3, updates 9-12");
    assertThat(descriptions("train anchored/seed-2")).hasSize(4);
    assertThat(gauges())
        .containsEntry("metrics_street_driver_asm_anchored_seed_1_round_Number", 3.0)
        .containsEntry("metrics_street_driver_asm_anchored_seed_2_round_Number", 4.0);
  }

  @Test
  void labelsNestAndComeBack() {
    try (JobLabel work = JobLabel.work(spark.sc(), "pretrain runs/rain", "pretrain")) {
      try (JobLabel phase = JobLabel.phase(spark.sc(), "decoder")) {
        try (JobLabel part = JobLabel.part(spark.sc(), "round 1/2, updates 1-4")) {
          assertThat(spark.getLocalProperty("spark.job.description"))
              .isEqualTo("pretrain decoder: round 1/2, updates 1-4");
        }
        assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("pretrain decoder");
      }
      assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("pretrain");
      assertThat(spark.getLocalProperty("spark.jobGroup.id")).isEqualTo("pretrain runs/rain");
    }
    assertThat(spark.getLocalProperty("spark.job.description")).isNull();
    assertThat(spark.getLocalProperty("spark.jobGroup.id")).isNull();
  }

  private static List<String> descriptions(String group) throws Exception {
    Map<Integer, String> byJob = new TreeMap<>();
    for (JsonNode job : jobs()) {
      if (group.equals(job.path("jobGroup").asText())) {
        byJob.put(job.path("jobId").intValue(), job.path("description").asText());
      }
    }
    return List.copyOf(byJob.values());
  }

  private static JsonNode newestJob() throws Exception {
    return jobs().get(0);
  }

  private static JsonNode jobs() throws Exception {
    spark.sc().listenerBus().waitUntilEmpty();
    return new ObjectMapper()
        .readTree(page("/api/v1/applications/" + spark.sc().applicationId() + "/jobs"));
  }

  /** {@code name{type="gauges"} value}. */
  private static Map<String, Double> gauges() throws Exception {
    Map<String, Double> gauges = new TreeMap<>();
    for (String line : page("/metrics/prometheus/").split("\n")) {
      if (line.contains("_asm_")) {
        gauges.put(
            line.substring(0, line.indexOf('{')),
            Double.valueOf(line.substring(line.indexOf(' ') + 1)));
      }
    }
    return gauges;
  }

  private static String page(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(spark.sc().uiWebUrl().get() + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
