package org.stylemining.cluster.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Daemon;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Pages;
import org.stylemining.cluster.Ports;
import org.stylemining.cluster.Processes;
import org.stylemining.cluster.SharedCluster;

/** A Spark master and two workers of one core each. */
public final class StandaloneCluster implements SharedCluster {
  private static final int WORKERS = 2;

  private final List<Daemon> daemons = new ArrayList<>();
  private final int port;
  private final int pages;

  private StandaloneCluster(int port, int pages) {
    this.port = port;
    this.pages = pages;
  }

  /** Starts the three processes and waits for the workers to register. */
  public static StandaloneCluster start() throws IOException, InterruptedException {
    Path folder = Distribution.emptyFolder("standalone");
    List<Integer> ports = Ports.free(2 + WORKERS);
    StandaloneCluster cluster = new StandaloneCluster(ports.get(0), ports.get(1));
    try {
      cluster.startDaemons(folder, ports);
      Daemon.await(
          "two workers",
          () ->
              Pages.json("http://127.0.0.1:" + cluster.pages + "/json/")
                      .path("aliveworkers")
                      .asInt()
                  == WORKERS,
          Duration.ofMinutes(1),
          cluster.daemons);
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  private void startDaemons(Path folder, List<Integer> ports) throws IOException {
    Map<String, String> small = Map.of("SPARK_DAEMON_MEMORY", "256m");
    daemons.add(
        Daemon.start(
            "master",
            Distribution.sparkClass(
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--webui-port",
                String.valueOf(pages)),
            small,
            folder));
    for (int i = 0; i < WORKERS; i++) {
      daemons.add(
          Daemon.start(
              "worker-" + i,
              Distribution.sparkClass(
                  "org.apache.spark.deploy.worker.Worker",
                  "--host",
                  "127.0.0.1",
                  "--webui-port",
                  String.valueOf(ports.get(2 + i)),
                  "--cores",
                  "1",
                  "--memory",
                  "1g",
                  "--work-dir",
                  folder.resolve("work-" + i).toString(),
                  master()),
              small,
              folder));
    }
  }

  /** Its address: {@code spark://127.0.0.1:PORT}. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** The executors that run now. */
  public List<ProcessHandle> executors() {
    return daemons.stream()
        .flatMap(
            daemon ->
                Processes.below(
                    daemon.handle(), "org.apache.spark.executor.CoarseGrainedExecutorBackend")
                    .stream())
        .toList();
  }

  /** {@code bin/asm} on this cluster, an executor of one core on each worker. */
  public Command asm(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                master(),
                "--driver-memory",
                "512m",
                "--executor-memory",
                "512m",
                "--conf",
                "spark.executor.memoryOverhead=1g",
                "--conf",
                "spark.ui.enabled=false"));
    all.addAll(List.of(words));
    return Distribution.asm(all.toArray(String[]::new));
  }

  @Override
  public List<Daemon> daemons() {
    return List.copyOf(daemons);
  }

  @Override
  public void close() {
    daemons.forEach(Daemon::close);
  }
}
