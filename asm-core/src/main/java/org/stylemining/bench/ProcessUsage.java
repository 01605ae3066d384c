package org.stylemining.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has used so far.
 *
 * @param wall seconds since some fixed moment
 * @param cpu seconds of processor time of all threads
 * @param peakBytes largest resident memory; 0 where the system does not tell
 */
public record ProcessUsage(double wall, double cpu, long peakBytes) {
  private static final String PEAK = "VmHWM:";

  public static ProcessUsage now() {
    long cpu = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    return new ProcessUsage(System.nanoTime() / 1e9, cpu / 1e9, peak());
  }

  private static long peak() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // No Linux.
    }
  }
}
