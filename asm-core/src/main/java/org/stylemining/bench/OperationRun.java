package org.stylemining.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Layer;
import org.stylemining.nn.LayerWork;

/**
 * A process of its own that makes one mining step, in which layers, operations and primitives are
 * named on the standard output as they run.
 */
final class OperationRun implements PartProbe {
  private final Deque<String> at = new ArrayDeque<>();

  private OperationRun() {}

  /**
   * @param args batch, height and width
   */
  public static void main(String[] args) {
    StepSize size =
        new StepSize(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    // One operation after another, also where lanes run side by side, so that lines follow their
    // operation.
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    try (StepNetworks networks = new StepNetworks(size)) {
      // libnd4j names its operations where both are on.
      Nd4j.getEnvironment().setDebug(true);
      Nd4j.getEnvironment().setVerbose(true);
      networks.step(new OperationRun());
    } finally {
      Nd4j.getEnvironment().setDebug(false);
      Nd4j.getEnvironment().setVerbose(false);
    }
  }

  @Override
  public FeatureMap pass(Layer layer, Pass pass, FeatureMap input, Supplier<FeatureMap> run) {
    return layer.work().map(work -> named(name(work, pass, input), run)).orElseGet(run::get);
  }

  @Override
  public <T> T part(String name, Pass pass, Supplier<T> run) {
    return named(name + " " + word(pass), run);
  }

  private <T> T named(String name, Supplier<T> run) {
    at.push(name);
    tell(name);
    T result = run.get();
    at.pop();
    tell(at.isEmpty() ? "between the layers" : at.peek());
    return result;
  }

  private static void tell(String name) {
    System.out.println(OperationTrace.LAYER + name);
    System.out.flush();
  }

  private static String name(LayerWork work, Pass pass, FeatureMap input) {
    return "%s (%s) %s at %s %dx%dx%dx%d"
        .formatted(
            work.name(),
            work.kind(),
            word(pass),
            pass == Pass.FORWARD ? "input" : "gradient",
            input.batch(),
            input.height(),
            input.width(),
            input.channels());
  }

  private static String word(Pass pass) {
    return pass.name().toLowerCase(Locale.ROOT);
  }
}
