package org.stylemining.bench;

import java.util.function.Supplier;
import org.stylemining.nn.LayerProbe;
import org.stylemining.nn.LayerProbe.Pass;

/** Stands around layers, and around what a step does beside them. */
interface PartProbe extends LayerProbe {
  /**
   * Runs a part of the step that is no layer of a network; layers within it are not looked at.
   *
   * @param name such as {@code cross-entropy}
   */
  <T> T part(String name, Pass pass, Supplier<T> run);
}
