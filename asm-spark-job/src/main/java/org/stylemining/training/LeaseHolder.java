package org.stylemining.training;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a run's folder, as the lease file says it.
 *
 * @param id of this lease; no other has it
 * @param command that was given, such as {@code train demo --out runs/a}
 * @param host of the driver
 * @param process its id there
 * @param started when that process began, as an ISO-8601 instant; empty where the system does not
 *     tell
 * @param processSpace in which the process id means something: the boot of the host, the namespace
 *     of process ids, the user; empty where the system does not tell
 * @param application YARN's id of the application; empty elsewhere
 * @param attempt YARN's count of the driver's starts; 0 elsewhere
 * @param since when the lease began, as an ISO-8601 instant
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LeaseHolder(
    String id,
    String command,
    String host,
    long process,
    String started,
    String processSpace,
    String application,
    int attempt,
    String since) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a lease of another version does not tell is empty. */
  LeaseHolder {
    id = known(id);
    command = known(command);
    host = known(host);
    started = known(started);
    processSpace = known(processSpace);
    application = known(application);
    since = known(since);
  }

  private static String known(String text) {
    return text == null ? "" : text;
  }

  /** This process. */
  static LeaseHolder here(String command) {
    ProcessHandle process = ProcessHandle.current();
    YarnAttempt attempt =
        YarnAttempt.of(System.getenv("CONTAINER_ID")).orElse(new YarnAttempt("", 0));
    return new LeaseHolder(
        UUID.randomUUID().toString(),
        command,
        hostName(),
        process.pid(),
        started(process),
        space(),
        attempt.application(),
        attempt.number(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  static LeaseHolder fromJson(byte[] json) throws JsonProcessingException {
    return JSON.readValue(new String(json, StandardCharsets.UTF_8), LeaseHolder.class);
  }

  byte[] toJson() throws JsonProcessingException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /** {@code `train demo --out runs/a`, process 4711 on node-7, since 2026-01-31T12:00:00Z}. */
  String describe() {
    String yarn = application.isEmpty() ? "" : " (" + application + ", attempt " + attempt + ")";
    return "`%s`, process %d on %s%s, since %s".formatted(command, process, host, yarn, since);
  }

  /**
   * Whether this holder has certainly ended, as seen from another: it was an earlier attempt of the
   * same YARN application, or its process is gone from the very host and boot that both know.
   */
  boolean hasEnded(LeaseHolder now) {
    if (!application.isEmpty() && application.equals(now.application) && attempt < now.attempt) {
      return true;
    }
    boolean sameSpace = !processSpace.isEmpty() && processSpace.equals(now.processSpace);
    if (!sameSpace || !host.equals(now.host) || started.isEmpty()) {
      return false;
    }
    Optional<Instant> running =
        ProcessHandle.of(process).flatMap(found -> found.info().startInstant());
    // The kernel counts from its boot, whose time it may put right by a second.
    return running.isEmpty()
        || Duration.between(Instant.parse(started), running.get()).abs().toSeconds() > 5;
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown host";
    }
  }

  /** Linux tells both; elsewhere processes are not compared. */
  private static String space() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
          + " "
          + System.getProperty("user.name");
    } catch (IOException e) {
      return "";
    }
  }
}
