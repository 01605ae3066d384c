package org.stylemining.bench;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Layer;
import org.stylemining.nn.LayerWork;

/** Times the layers of steps, those of the same shape together. */
final class Stopwatch implements PartProbe {
  /** Shapes of a layer's forward pass: [B, H, W, C]. */
  private record Shapes(String from, String to, long pixels) {}

  private final Map<Layer, Shapes> shapes = new IdentityHashMap<>();
  private final Map<LayerKey, LayerTimes> times = new LinkedHashMap<>();
  private final List<Double> steps = new ArrayList<>();
  private boolean within;

  /** Times of one step; call it once a step, with the step. */
  void step(Runnable step) {
    long start = System.nanoTime();
    step.run();
    finish();
    steps.add(milliseconds(start));
    times.values().forEach(LayerTimes::endOfStep);
  }

  /** Whole steps in milliseconds. */
  List<Double> steps() {
    return List.copyOf(steps);
  }

  List<LayerTimes> times() {
    return List.copyOf(times.values());
  }

  @Override
  public FeatureMap pass(Layer layer, Pass pass, FeatureMap input, Supplier<FeatureMap> run) {
    if (within || layer.work().isEmpty()) {
      return run.get();
    }
    long start = System.nanoTime();
    FeatureMap result = run.get();
    finish();
    double took = milliseconds(start);
    if (pass == Pass.FORWARD) {
      shapes.put(layer, new Shapes(shape(input), shape(result), result.pixels()));
    }
    LayerWork work = layer.work().orElseThrow();
    Shapes s = shapes.get(layer);
    LayerTimes t =
        times.computeIfAbsent(
            new LayerKey(
                LayerKey.network(work.name()),
                work.kind(),
                s.from,
                s.to,
                work.forward(),
                work.backward(),
                work.trained()),
            key -> new LayerTimes(work.name(), key, 2.0 * work.products() * s.pixels));
    // What no gradient at the input is asked of has the weights' alone.
    int gradients = pass == Pass.FORWARD ? 1 : (result == null ? 0 : 1) + (work.trained() ? 1 : 0);
    t.add(pass, took, gradients);
    return result;
  }

  @Override
  public <T> T part(String name, Pass pass, Supplier<T> run) {
    within = true;
    long start = System.nanoTime();
    T result = run.get();
    finish();
    times
        .computeIfAbsent(
            new LayerKey("", name, "", "", "", "", false), key -> new LayerTimes(name, key, 0))
        .add(pass, milliseconds(start), 1);
    within = false;
    return result;
  }

  private static String shape(FeatureMap map) {
    return Optional.of(map)
        .map(m -> "%dx%dx%dx%d".formatted(m.batch(), m.height(), m.width(), m.channels()))
        .orElseThrow();
  }

  /** A GPU may still be at work. */
  private static void finish() {
    Nd4j.getExecutioner().commit();
  }

  private static double milliseconds(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
