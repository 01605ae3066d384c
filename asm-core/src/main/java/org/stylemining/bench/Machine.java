package org.stylemining.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.provenance.Build;

/** What a measurement was made on. */
public final class Machine {
  private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private Machine() {}

  /** Facts by name, in the order to be read; starts ND4J. */
  public static Map<String, String> facts() {
    Processor processor = Processor.here();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("program", "asm " + Build.current());
    facts.put("processor", processor.model());
    facts.put("instruction sets", processor.extensions());
    facts.put(
        "threads",
        "%d, on %d cores"
            .formatted(
                Nd4j.getEnvironment().maxMasterThreads(),
                Runtime.getRuntime().availableProcessors()));
    facts.put(
        "arrays",
        "ND4J %s, %s, %s"
            .formatted(
                version(),
                Nd4j.getBackend().getClass().getSimpleName(),
                Nd4j.factory().blas().getBlasVendor()));
    facts.put(
        "Java",
        "%s, %s".formatted(System.getProperty("java.version"), System.getProperty("java.vendor")));
    facts.put(
        "system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    return facts;
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = Machine.class.getResourceAsStream(ND4J)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + ND4J, e);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
