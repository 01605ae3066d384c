package org.stylemining.device;

import java.lang.management.ManagementFactory;
import org.apache.spark.SparkEnv;
import org.bytedeco.javacpp.Pointer;
import org.stylemining.nn.ArrayMemory;
import org.stylemining.report.MemoryRecord;

/** Memory of this process. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /** What it has now, as a line of a round's metrics; a process without Spark is a driver. */
  public static MemoryRecord now(int round) {
    SparkEnv spark = SparkEnv.get();
    long resident = Pointer.physicalBytes();
    return new MemoryRecord(
        round,
        spark == null ? WorkerDevice.DRIVER : spark.executorId(),
        spark == null ? "localhost" : spark.blockManager().blockManagerId().host(),
        resident > 0 ? resident : -1,
        ArrayMemory.bytes(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }
}
