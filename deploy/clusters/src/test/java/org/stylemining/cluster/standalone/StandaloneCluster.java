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

/** A Spark master and workers of one core each. */
public final class StandaloneCluster implements SharedCluster, AutoCloseable {
  private final List<Daemon> daemons = new ArrayList<>();
  private final String host;
  private final int port;
  private final int pages;

  private StandaloneCluster(String host, int port, int pages) {
    this.host = host;
    this.port = port;
    this.pages = pages;
  }

  /**
   * Where a worker is.
   *
   * @param host its address, which is its executors' too
   * @param before words before its command, such as those that enter a namespace
   */
  public record Seat(String host, List<String> before) {
    public Seat {
      before = List.copyOf(before);
    }
  }

  /**
   * An executor that runs.
   *
   * @param id Spark's
   * @param host as Spark names it
   */
  public record Executor(ProcessHandle process, String id, String host) {
    private static Executor of(ProcessHandle process) {
      List<String> words = Processes.words(process);
      return new Executor(
          process,
          words.get(words.indexOf("--executor-id") + 1),
          words.get(words.indexOf("--hostname") + 1));
    }

    /** As the program names it: {@code executor 1 on 127.0.0.2}. */
    public String place() {
      return "executor " + id + " on " + host;
    }
  }

  /** Two workers, which Spark takes for two machines'. */
  public static StandaloneCluster start() throws IOException, InterruptedException {
    return start(
        "standalone",
        "127.0.0.1",
        List.of(new Seat("127.0.0.1", List.of()), new Seat("127.0.0.2", List.of())));
  }

  /**
   * Starts the processes and waits for the workers to register.
   *
   * @param name of the folder with their logs
   * @param host the master's address, and the driver's
   */
  public static StandaloneCluster start(String name, String host, List<Seat> workers)
      throws IOException, InterruptedException {
    Path folder = Distribution.emptyFolder(name);
    List<Integer> ports = Ports.free(2 + workers.size());
    StandaloneCluster cluster = new StandaloneCluster(host, ports.get(0), ports.get(1));
    try {
      cluster.startDaemons(folder, ports, workers);
      Daemon.await(
          workers.size() + " workers",
          () ->
              Pages.json("http://" + host + ":" + cluster.pages + "/json/")
                      .path("aliveworkers")
                      .asInt()
                  == workers.size(),
          Duration.ofMinutes(1),
          cluster.daemons);
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  private void startDaemons(Path folder, List<Integer> ports, List<Seat> workers)
      throws IOException {
    daemons.add(
        Daemon.start(
            "master",
            Distribution.sparkClass(
                "org.apache.spark.deploy.master.Master",
                "--host",
                host,
                "--port",
                String.valueOf(port),
                "--webui-port",
                String.valueOf(pages)),
            environment(host),
            folder));
    for (int i = 0; i < workers.size(); i++) {
      List<String> command = new ArrayList<>(workers.get(i).before());
      command.addAll(
          Distribution.sparkClass(
              "org.apache.spark.deploy.worker.Worker",
              "--host",
              workers.get(i).host(),
              "--webui-port",
              String.valueOf(ports.get(2 + i)),
              "--cores",
              "1",
              "--memory",
              "1g",
              "--work-dir",
              folder.resolve("work-" + i).toString(),
              master()));
      daemons.add(Daemon.start("worker-" + i, command, environment(workers.get(i).host()), folder));
    }
  }

  private static Map<String, String> environment(String host) {
    return Map.of("SPARK_DAEMON_MEMORY", "256m", "SPARK_LOCAL_IP", host);
  }

  /** Its address: {@code spark://HOST:PORT}. */
  public String master() {
    return "spark://" + host + ":" + port;
  }

  /** The executors that run now. */
  public List<Executor> executors() {
    return daemons.stream()
        .flatMap(
            daemon ->
                Processes.below(
                    daemon.handle(), "org.apache.spark.executor.CoarseGrainedExecutorBackend")
                    .stream())
        .map(Executor::of)
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
    return Distribution.asm(all.toArray(String[]::new)).with("SPARK_LOCAL_IP", host);
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
