package org.stylemining.cluster.hadoop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The files of {@code HADOOP_CONF_DIR}. What differs between daemons of one kind comes from Java's
 * properties: {@code dn.dir}, {@code nm.dir}, {@code nm.localizer}, {@code nm.web}.
 */
final class HadoopSettings {
  private HadoopSettings() {}

  /**
   * Writes the files.
   *
   * @param folder of the cluster
   * @param nameNode port
   * @param nameNodePage port
   * @param resourceManager five ports: applications, scheduler, tracker, administration, page
   */
  static void write(
      Path conf, Path folder, int nameNode, int nameNodePage, Iterable<Integer> resourceManager)
      throws IOException {
    Files.createDirectories(conf);
    store(
        conf.resolve("core-site.xml"),
        Map.of(
            "fs.defaultFS",
            "hdfs://127.0.0.1:" + nameNode,
            "hadoop.tmp.dir",
            folder.resolve("tmp").toString(),
            // Without a limit an answer that got lost is awaited for ever.
            "ipc.client.rpc-timeout.ms",
            "30000"));
    store(
        conf.resolve("hdfs-site.xml"),
        Map.ofEntries(
            Map.entry("dfs.replication", "2"),
            Map.entry("dfs.namenode.name.dir", folder.resolve("names").toUri().toString()),
            Map.entry("dfs.namenode.http-address", "127.0.0.1:" + nameNodePage),
            Map.entry("dfs.namenode.rpc-bind-host", "127.0.0.1"),
            Map.entry("dfs.namenode.datanode.registration.ip-hostname-check", "false"),
            Map.entry("dfs.namenode.safemode.extension", "0"),
            Map.entry("dfs.datanode.data.dir", "${dn.dir}"),
            Map.entry("dfs.datanode.address", "127.0.0.1:0"),
            Map.entry("dfs.datanode.http.address", "127.0.0.1:0"),
            Map.entry("dfs.datanode.ipc.address", "127.0.0.1:0"),
            Map.entry("dfs.datanode.hostname", "127.0.0.1"),
            // A dead DataNode is known to be dead in seconds, not in ten minutes.
            Map.entry("dfs.heartbeat.interval", "1"),
            Map.entry("dfs.namenode.heartbeat.recheck-interval", "2000")));
    var ports = resourceManager.iterator();
    store(
        conf.resolve("yarn-site.xml"),
        Map.ofEntries(
            Map.entry("yarn.resourcemanager.hostname", "127.0.0.1"),
            Map.entry("yarn.resourcemanager.bind-host", "127.0.0.1"),
            Map.entry("yarn.resourcemanager.address", "127.0.0.1:" + ports.next()),
            Map.entry("yarn.resourcemanager.scheduler.address", "127.0.0.1:" + ports.next()),
            Map.entry("yarn.resourcemanager.resource-tracker.address", "127.0.0.1:" + ports.next()),
            Map.entry("yarn.resourcemanager.admin.address", "127.0.0.1:" + ports.next()),
            Map.entry("yarn.resourcemanager.webapp.address", "127.0.0.1:" + ports.next()),
            Map.entry("yarn.nodemanager.bind-host", "127.0.0.1"),
            Map.entry("yarn.nodemanager.hostname", "127.0.0.1"),
            Map.entry("yarn.nodemanager.address", "127.0.0.1:0"),
            Map.entry("yarn.nodemanager.localizer.address", "127.0.0.1:${nm.localizer}"),
            Map.entry("yarn.nodemanager.webapp.address", "127.0.0.1:${nm.web}"),
            Map.entry("yarn.nodemanager.local-dirs", "${nm.dir}/local"),
            Map.entry("yarn.nodemanager.log-dirs", "${nm.dir}/logs"),
            Map.entry("yarn.nodemanager.resource.memory-mb", "6144"),
            Map.entry("yarn.nodemanager.resource.cpu-vcores", "4"),
            Map.entry("yarn.nodemanager.vmem-check-enabled", "false"),
            Map.entry(
                "yarn.nodemanager.env-whitelist", "JAVA_HOME,HADOOP_CONF_DIR,JDK_JAVA_OPTIONS"),
            // Containers' logs stay for a look, not their copies of the program, 300 MB a run.
            Map.entry("yarn.nodemanager.log.retain-seconds", "86400"),
            Map.entry("yarn.nodemanager.localizer.cache.target-size-mb", "512"),
            Map.entry("yarn.nodemanager.localizer.cache.cleanup.interval-ms", "60000"),
            // A disk that others fill is no reason for nodes to give up: who needs room says so.
            Map.entry("yarn.nodemanager.disk-health-checker.enable", "false"),
            Map.entry("yarn.scheduler.minimum-allocation-mb", "128"),
            // A NodeManager that says no more is lost after one minute, not after ten.
            Map.entry("yarn.nm.liveness-monitor.expiry-interval-ms", "60000")));
    store(
        conf.resolve("capacity-scheduler.xml"),
        Map.of(
            "yarn.scheduler.capacity.root.queues", "default",
            "yarn.scheduler.capacity.root.default.capacity", "100",
            "yarn.scheduler.capacity.maximum-am-resource-percent", "0.9"));
    Files.writeString(
        conf.resolve("log4j.properties"),
        """
        log4j.rootLogger=INFO,console
        log4j.appender.console=org.apache.log4j.ConsoleAppender
        log4j.appender.console.layout=org.apache.log4j.PatternLayout
        log4j.appender.console.layout.ConversionPattern=%d{HH:mm:ss,SSS} %p %c{1}: %m%n
        """);
  }

  private static void store(Path file, Map<String, String> values) throws IOException {
    Configuration settings = new Configuration(false);
    values.forEach(settings::set);
    try (OutputStream out = Files.newOutputStream(file)) {
      settings.writeXml(out);
    }
  }
}
