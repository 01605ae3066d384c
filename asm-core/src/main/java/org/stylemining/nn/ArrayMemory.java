package org.stylemining.nn;

import java.lang.reflect.Method;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Off-heap memory of ND4J's arrays, as libnd4j itself counts it. JavaCPP's {@code
 * Pointer.totalBytes} knows nothing of them: libnd4j allocates by itself.
 */
public final class ArrayMemory {
  private static final Method COUNTER = counter();
  private static final Object LIBRARY = library();

  private ArrayMemory() {}

  /**
   * Bytes that arrays of this process take at the moment, in the memory of the first device where
   * it computes on GPUs.
   *
   * @return -1 where the backend does not tell
   */
  public static long bytes() {
    try {
      return LIBRARY == null ? -1 : (long) COUNTER.invoke(LIBRARY, 0);
    } catch (ReflectiveOperationException e) {
      return -1;
    }
  }

  private static Object library() {
    try {
      return COUNTER == null
          ? null
          : COUNTER.getDeclaringClass().getMethod("getInstance").invoke(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Only one of the backends is on the class path, so its bindings are called by name. */
  private static Method counter() {
    String bindings =
        Nd4j.getEnvironment().isCPU()
            ? "org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu$Environment"
            : "org.nd4j.linalg.jcublas.bindings.Nd4jCuda$Environment";
    try {
      return Class.forName(bindings).getMethod("getDeviceCounter", int.class);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
