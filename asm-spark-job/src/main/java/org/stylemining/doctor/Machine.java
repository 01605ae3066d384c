package org.stylemining.doctor;

import java.util.List;
import org.stylemining.bench.Processor;
import org.stylemining.provenance.Build;

/** The program, its Java and the processor. */
final class Machine {
  private Machine() {}

  static List<Fact> facts() {
    Processor processor = Processor.here();
    return List.of(
        new Fact("program", "version", Build.current().version()),
        new Fact("program", "commit", Build.current().commit()),
        new Fact(
            "program",
            "Java",
            "%s, %s"
                .formatted(System.getProperty("java.version"), System.getProperty("java.vendor"))),
        new Fact(
            "machine",
            "system",
            "%s %s, %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch"))),
        new Fact("machine", "processor", processor.model()),
        new Fact("machine", "instruction sets", processor.extensions()));
  }
}
