package org.stylemining.nn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.cpu.Lanes;

/**
 * Off-heap matrices, taken and given back, so that a training step allocates nothing once it has
 * run a few times: fresh memory costs a page fault per 4 KiB and halves a step's speed. A matrix
 * may stand in a buffer of up to four times its length, and shorter idle buffers are traded in for
 * a longer one, so that layers of other sizes share memory. One pool belongs to one thread.
 */
public final class Buffers implements AutoCloseable {
  /** So many times the length asked for a buffer may have that is lent for it. */
  private static final long LONGEST = 4;

  private final DataType type;
  private final NavigableMap<Long, Deque<INDArray>> free = new TreeMap<>();
  private final Map<Long, Loan> lent = new HashMap<>();
  private final Map<Long, Loan> reserved = new HashMap<>();
  private final Map<Long, INDArray> ones = new HashMap<>();
  private final Map<Long, INDArray> zeros = new HashMap<>();
  private long bytes;
  private final Map<Slicing, INDArray[]> slices = new HashMap<>();
  private Lanes lanes;

  /** A buffer that is out, of which the first {@code length} values are used. */
  private record Loan(INDArray buffer, long length) {
    INDArray matrix(long rows, long columns) {
      return Kernels.matrix(buffer, rows, columns);
    }
  }

  private record Slicing(long address, int count, long rows, long columns) {}

  private LayerProbe probe = LayerProbe.NONE;

  /**
   * @param type FLOAT, or DOUBLE for gradient checks
   */
  public Buffers(DataType type) {
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("expected FLOAT or DOUBLE, found " + type);
    }
    this.type = type;
  }

  public DataType type() {
    return type;
  }

  /** The threads of this pool's loops in Java: as many as ND4J's operations have. */
  public Lanes lanes() {
    if (lanes == null) {
      lanes = new Lanes(Math.max(1, Nd4j.getEnvironment().maxMasterThreads()));
    }
    return lanes;
  }

  /** What stands around the passes of the layers that work on this pool. */
  public LayerProbe probe() {
    return probe;
  }

  /** Puts another probe around them. */
  public void probe(LayerProbe newProbe) {
    probe = newProbe;
  }

  /** A matrix [rows, columns] with arbitrary contents. */
  public INDArray take(long rows, long columns) {
    return lend(lent, stocked(rows * columns), rows, columns);
  }

  /** The same, to be kept from one step to the next: it does not count as lent. */
  INDArray reserve(long rows, long columns) {
    long length = rows * columns;
    Deque<INDArray> stock = free.get(length);
    return lend(reserved, stock == null ? allocated(length) : pop(length, stock), rows, columns);
  }

  private static INDArray lend(Map<Long, Loan> loans, INDArray buffer, long rows, long columns) {
    Loan loan = new Loan(buffer, rows * columns);
    loans.put(buffer.data().platformAddress(), loan);
    return loan.matrix(rows, columns);
  }

  /**
   * A free buffer of the length, or the shortest longer one that is not too long; else a new one,
   * for which shorter free ones are traded in.
   */
  private INDArray stocked(long length) {
    Map.Entry<Long, Deque<INDArray>> stock = free.ceilingEntry(length);
    if (stock != null && stock.getKey() <= LONGEST * length) {
      return pop(stock.getKey(), stock.getValue());
    }
    long traded = 0;
    while (traded < length && (stock = free.lowerEntry(length)) != null) {
      INDArray buffer = pop(stock.getKey(), stock.getValue());
      long address = buffer.data().platformAddress();
      slices.keySet().removeIf(slicing -> slicing.address() == address);
      traded += buffer.length();
      bytes -= buffer.length() * type.width();
      release(buffer);
    }
    return allocated(length);
  }

  private INDArray allocated(long length) {
    bytes += length * type.width();
    return Nd4j.createUninitializedDetached(type, length);
  }

  private INDArray pop(long length, Deque<INDArray> stock) {
    INDArray buffer = stock.pop();
    if (stock.isEmpty()) {
      free.remove(length);
    }
    return buffer;
  }

  /**
   * The parts of a matrix of this pool that are so many rows each, views. They are kept, as making
   * a view costs as much as a small product.
   */
  INDArray[] slices(INDArray matrix, int count) {
    long rows = matrix.size(0) / count;
    return slices.computeIfAbsent(
        new Slicing(matrix.data().platformAddress(), count, rows, matrix.size(1)),
        key -> {
          INDArray[] parts = new INDArray[count];
          for (int i = 0; i < count; i++) {
            parts[i] = Kernels.rows(matrix, i * rows, rows);
          }
          return parts;
        });
  }

  /** A matrix [rows, columns] of zeros. */
  public INDArray zeros(long rows, long columns) {
    INDArray a = take(rows, columns);
    Kernels.zero(a);
    return a;
  }

  /** A feature map of the given extent with arbitrary contents. */
  public FeatureMap map(int batch, int height, int width, int channels) {
    return new FeatureMap(take((long) batch * height * width, channels), batch, height, width);
  }

  /**
   * Takes a matrix back; arrays that are not from this pool, null, or already given back are left
   * alone.
   */
  public void give(INDArray array) {
    if (array == null) {
      return;
    }
    long address = array.data().platformAddress();
    Map<Long, Loan> out = reserved.containsKey(address) ? reserved : lent;
    Loan loan = out.get(address);
    if (loan != null && array.length() == loan.length()) {
      out.remove(address);
      free.computeIfAbsent(loan.buffer().length(), n -> new ArrayDeque<>()).push(loan.buffer());
    }
  }

  public void give(FeatureMap map) {
    if (map != null) {
      give(map.rows());
    }
  }

  /** A row [1, n] of ones, kept. */
  public INDArray ones(long n) {
    return ones.computeIfAbsent(
        n,
        k -> {
          INDArray a = Nd4j.createUninitializedDetached(type, 1, k);
          a.assign(1);
          return a;
        });
  }

  /** A vector [n] of ones, kept. */
  public INDArray oneVector(long n) {
    return ones(n).reshape(n);
  }

  /** A vector [n] of zeros, kept. */
  public INDArray zeroVector(long n) {
    return zeros.computeIfAbsent(
        n,
        k -> {
          INDArray a = Nd4j.createUninitializedDetached(type, k);
          a.assign(0);
          return a;
        });
  }

  /** Bytes held, lent or free. */
  public long bytes() {
    return bytes;
  }

  /** Number of matrices that are lent at the moment; a step that leaks lets it grow. */
  public int lentCount() {
    return lent.size();
  }

  @Override
  public void close() {
    free.values().forEach(stock -> stock.forEach(Buffers::release));
    lent.values().forEach(loan -> release(loan.buffer()));
    reserved.values().forEach(loan -> release(loan.buffer()));
    ones.values().forEach(Buffers::release);
    zeros.values().forEach(Buffers::release);
    free.clear();
    slices.clear();
    lent.clear();
    reserved.clear();
    ones.clear();
    zeros.clear();
    bytes = 0;
    if (lanes != null) {
      lanes.close();
      lanes = null;
    }
  }

  private static void release(INDArray a) {
    if (a.closeable()) {
      a.close();
    }
  }
}
