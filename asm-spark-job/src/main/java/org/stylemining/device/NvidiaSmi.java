package org.stylemining.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The GPUs that {@code nvidia-smi} tells of where it runs, which may be a container. */
final class NvidiaSmi {
  private static final List<String> COMMAND =
      List.of("nvidia-smi", "--query-gpu=index,pci.bus_id,uuid,name", "--format=csv,noheader");

  private static final int SECONDS = 20;

  private NvidiaSmi() {}

  /** Its GPUs, by its own indices as addresses; none where it is not there or fails. */
  static List<Gpu> gpus() {
    return gpus(COMMAND);
  }

  static List<Gpu> gpus(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String told;
      try (InputStream out = process.getInputStream()) {
        told = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return List.of();
      }
      return process.exitValue() == 0 ? parse(told) : List.of();
    } catch (IOException e) {
      return List.of(); // There is none.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  static List<Gpu> parse(String told) {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : told.lines().toList()) {
      String[] fields = line.split(",", 4);
      if (fields.length == 4) {
        gpus.add(new Gpu(fields[0].strip(), bus(fields[1]), fields[2].strip(), fields[3].strip()));
      }
    }
    return gpus;
  }

  /** A place on the bus as CUDA writes it: {@code 00000000:3B:00.0} is {@code 0000:3b:00.0}. */
  static String bus(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceFirst("^0000(?=[0-9a-f]{4}:)", "");
  }
}
