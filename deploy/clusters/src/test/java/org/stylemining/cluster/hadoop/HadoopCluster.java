package org.stylemining.cluster.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.stylemining.cluster.Command;
import org.stylemining.cluster.Daemon;
import org.stylemining.cluster.Distribution;
import org.stylemining.cluster.Pages;
import org.stylemining.cluster.Ports;
import org.stylemining.cluster.Processes;
import org.stylemining.cluster.SharedCluster;

/**
 * HDFS and YARN: a NameNode, two DataNodes, a ResourceManager, two NodeManagers. Their logs, and
 * under {@code node-*}{@code /logs} the containers', stay in {@code target/clusters/hadoop}.
 */
public final class HadoopCluster implements SharedCluster {
  private static final int NODES = 2;
  private static final Duration READY = Duration.ofMinutes(2);

  private final Path folder = Distribution.emptyFolder("hadoop");
  private final List<Daemon> daemons = new CopyOnWriteArrayList<>();
  private final List<Daemon> dataNodes = new ArrayList<>();
  private final List<NodeManager> nodeManagers = new ArrayList<>();
  private final Thread keeper = new Thread(this::keepNodeManagers, "keeper of the NodeManagers");
  private final int nameNode;
  private final int nameNodePage;
  private final int resourceManagerPage;
  private FileSystem files;

  private HadoopCluster() throws IOException {
    List<Integer> ports = Ports.free(7);
    nameNode = ports.get(0);
    nameNodePage = ports.get(1);
    resourceManagerPage = ports.get(6);
    HadoopSettings.write(configuration(), folder, nameNode, nameNodePage, ports.subList(2, 7));
  }

  /** Starts the daemons and waits until all nodes have registered. */
  public static HadoopCluster start() throws IOException, InterruptedException {
    HadoopCluster cluster = new HadoopCluster();
    try {
      cluster.startDaemons();
      Daemon.await("two DataNodes", () -> cluster.liveDataNodes() == NODES, READY, cluster.daemons);
      for (NodeManager node : cluster.nodeManagers) {
        node.awaitRunning(cluster.daemons);
      }
      cluster.keeper.start();
      Configuration client = new Configuration();
      client.addResource(new org.apache.hadoop.fs.Path(cluster.file("core-site.xml")));
      client.addResource(new org.apache.hadoop.fs.Path(cluster.file("hdfs-site.xml")));
      cluster.files = FileSystem.newInstance(client);
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  private String file(String name) {
    return configuration().resolve(name).toUri().toString();
  }

  private void startDaemons() throws IOException, InterruptedException {
    Process format =
        new ProcessBuilder(
                java(
                    List.of(),
                    "org.apache.hadoop.hdfs.server.namenode.NameNode",
                    "-format",
                    "-nonInteractive"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("format.log").toFile())
            .start();
    assertThat(format.waitFor(1, TimeUnit.MINUTES) && format.exitValue() == 0)
        .as("NameNode -format, see %s", folder.resolve("format.log"))
        .isTrue();
    start("namenode", List.of(), "org.apache.hadoop.hdfs.server.namenode.NameNode");
    start(
        "resourcemanager",
        List.of(),
        "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager");
    for (int node = 0; node < NODES; node++) {
      dataNodes.add(startDataNode("datanode-" + node, node));
      nodeManagers.add(new NodeManager(node));
    }
  }

  /** One of the two, which is begun anew where the ResourceManager hears nothing of it any more. */
  private final class NodeManager {
    private final int number;
    private final int webPort;
    private final int localizerPort;
    private int starts;
    private Daemon daemon;

    NodeManager(int number) throws IOException {
      this.number = number;
      List<Integer> ports = Ports.free(2);
      webPort = ports.get(0);
      localizerPort = ports.get(1);
      begin();
    }

    private void begin() throws IOException {
      starts++;
      daemon =
          start(
              "nodemanager-" + number + (starts > 1 ? "-start-" + starts : ""),
              List.of(
                  "-Dnm.dir=" + folder.resolve("node-" + number),
                  "-Dnm.localizer=" + localizerPort,
                  "-Dnm.web=" + webPort),
              "org.apache.hadoop.yarn.server.nodemanager.NodeManager");
    }

    boolean isRunning() throws IOException, InterruptedException {
      String page = "http://127.0.0.1:" + resourceManagerPage + "/ws/v1/cluster/nodes";
      for (JsonNode node : Pages.json(page).at("/nodes/node")) {
        if (node.path("state").textValue().equals("RUNNING")
            && node.path("nodeHTTPAddress").textValue().endsWith(":" + webPort)) {
          return true;
        }
      }
      return false;
    }

    boolean isLost() throws InterruptedException {
      try {
        return !isRunning();
      } catch (IOException e) {
        return false; // the ResourceManager is busy
      }
    }

    void beginAnew() throws IOException, InterruptedException {
      System.err.println(
          daemon + " is lost to the ResourceManager and is begun anew; its log ends with");
      System.err.println(Daemon.tails(List.of(daemon)));
      for (Daemon each : daemons) {
        System.err.println("threads: " + each.threads());
      }
      daemons.remove(daemon);
      daemon.close();
      begin();
      awaitRunning(List.of(daemon));
    }

    /**
     * @param needed daemons none of which may end meanwhile
     */
    void awaitRunning(List<Daemon> needed) throws InterruptedException {
      Daemon.await("NodeManager " + number, this::isRunning, READY, needed);
    }
  }

  /** Looks after the NodeManagers until it is interrupted. */
  private void keepNodeManagers() {
    try {
      while (true) {
        Thread.sleep(1000);
        for (NodeManager node : nodeManagers) {
          if (node.isLost()) {
            node.beginAnew();
          }
        }
      }
    } catch (InterruptedException e) {
      // The cluster is ending.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Daemon startDataNode(String name, int node) throws IOException {
    return start(
        name,
        List.of("-Ddn.dir=" + folder.resolve("blocks-" + node)),
        "org.apache.hadoop.hdfs.server.datanode.DataNode");
  }

  /** Starts a DataNode anew on its blocks, and waits until all are alive. */
  public void restartDataNode(int node) throws IOException, InterruptedException {
    dataNodes.get(node).close();
    daemons.remove(dataNodes.get(node));
    dataNodes.set(node, startDataNode("datanode-" + node + "-again", node));
    Daemon.await("two DataNodes", () -> liveDataNodes() == NODES, READY, daemons);
  }

  /** Processes in YARN's containers now whose command line has a word. */
  public List<ProcessHandle> containers(String word) {
    return daemons.stream()
        .filter(daemon -> daemon.toString().startsWith("nodemanager"))
        .flatMap(daemon -> Processes.below(daemon.handle(), word).stream())
        // Containers are started by a shell that has the same words in its own.
        .filter(process -> !process.info().command().orElse("").endsWith("bash"))
        .toList();
  }

  /** The bytes of a file on HDFS. */
  public byte[] bytes(String path) throws IOException {
    try (FSDataInputStream in = files.open(new org.apache.hadoop.fs.Path(uri(path)))) {
      return in.readAllBytes();
    }
  }

  public boolean exists(String path) throws IOException {
    return files.exists(new org.apache.hadoop.fs.Path(uri(path)));
  }

  /** Writes a text file on HDFS. */
  public void put(String path, String text) throws IOException {
    try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(uri(path)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Daemon start(String name, List<String> options, String main) throws IOException {
    Daemon daemon = Daemon.start(name, java(options, main), environment(), folder);
    daemons.add(daemon);
    return daemon;
  }

  private List<String> java(List<String> options, String... main) throws IOException {
    return Stream.of(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true"),
            options,
            List.of(
                "-cp",
                configuration()
                    + ":"
                    + Files.readString(Path.of(System.getProperty("hadoop.classpath"))).strip()),
            List.of(main))
        .flatMap(List::stream)
        .toList();
  }

  /** The folder for {@code HADOOP_CONF_DIR}. */
  public Path configuration() {
    return folder.resolve("conf");
  }

  /** How commands find this cluster. */
  public Map<String, String> environment() {
    return Map.of("HADOOP_CONF_DIR", configuration().toString());
  }

  /** The HDFS. */
  public FileSystem files() {
    return files;
  }

  /** {@code hdfs://127.0.0.1:PORT/path}. */
  public String uri(String path) {
    return "hdfs://127.0.0.1:" + nameNode + "/" + path;
  }

  public Daemon dataNode(int number) {
    return dataNodes.get(number);
  }

  /** DataNodes that the NameNode takes for alive. */
  public int liveDataNodes() throws IOException, InterruptedException {
    return Pages.json(
            "http://127.0.0.1:"
                + nameNodePage
                + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystem")
        .path("beans")
        .path(0)
        .path("NumLiveDataNodes")
        .asInt();
  }

  /**
   * {@code bin/asm --master yarn} with two executors of one core.
   *
   * @param mode {@code client} or {@code cluster}
   */
  public Command asm(String mode, String... words) {
    List<String> all = new ArrayList<>(options(mode));
    all.addAll(List.of(words));
    return Distribution.asm(all.toArray(String[]::new)).with(environment());
  }

  /** The options of {@code spark-submit} that fit this small cluster. */
  public List<String> options(String mode) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                "yarn",
                "--deploy-mode",
                mode,
                "--num-executors",
                "2",
                "--executor-cores",
                "1",
                "--driver-memory",
                "512m",
                "--executor-memory",
                "512m"));
    Map<String, String> properties =
        Map.of(
            "spark.executor.memoryOverhead", "1g",
            "spark.driver.memoryOverhead", "1g",
            "spark.yarn.am.memory", "256m",
            "spark.ui.enabled", "false",
            // The nodes have Spark's jars: nothing is uploaded.
            "spark.yarn.jars", "local:" + Distribution.folder() + "/jars/*",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP", "127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1",
            "spark.yarn.submit.file.replication", "2");
    properties.forEach((name, value) -> all.addAll(List.of("--conf", name + "=" + value)));
    return all;
  }

  @Override
  public List<Daemon> daemons() {
    return List.copyOf(daemons);
  }

  private void endKeeper() {
    keeper.interrupt();
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    endKeeper();
    if (files != null) {
      files.close();
    }
    // Nodes first: they would look for their masters.
    for (int i = daemons.size() - 1; i >= 0; i--) {
      daemons.get(i).close();
    }
  }
}
