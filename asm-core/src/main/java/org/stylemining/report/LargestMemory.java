package org.stylemining.report;

/**
 * The memory of a round's largest executor, each figure by itself, and the driver's, in bytes; NaN
 * where unknown.
 *
 * @param resident of the whole process
 * @param arrays off the heap
 * @param heap of Java, in use
 * @param driver the driver's whole process
 * @param local whether the driver is all that is known of: in local mode it is the executor
 */
record LargestMemory(double resident, double arrays, double heap, double driver, boolean local) {
  private static final String DRIVER = "driver";

  static LargestMemory of(MemoryRecord process) {
    boolean isDriver = process.executor().equals(DRIVER);
    return new LargestMemory(
        known(process.residentBytes()),
        known(process.arrayBytes()),
        known(process.heapBytes()),
        isDriver ? known(process.residentBytes()) : Double.NaN,
        isDriver);
  }

  /** Of both; a driver beside executors is none of them. */
  LargestMemory and(LargestMemory other) {
    if (local != other.local) {
      LargestMemory executors = local ? other : this;
      LargestMemory itself = local ? this : other;
      return new LargestMemory(
          executors.resident, executors.arrays, executors.heap, itself.resident, false);
    }
    return new LargestMemory(
        larger(resident, other.resident),
        larger(arrays, other.arrays),
        larger(heap, other.heap),
        larger(driver, other.driver),
        local);
  }

  private static double known(long bytes) {
    return bytes < 0 ? Double.NaN : bytes;
  }

  private static double larger(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }
}
