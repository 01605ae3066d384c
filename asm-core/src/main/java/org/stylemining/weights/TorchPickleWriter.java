package org.stylemining.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Writes the pickle (protocol 2) of what {@code model.state_dict()} gives: an ordered dictionary of
 * contiguous float32 tensors, the n-th of them in the storage with the key "n".
 */
final class TorchPickleWriter {
  private static final char MARK = '(';
  private static final char TUPLE = 't';
  private static final char REDUCE = 'R';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TorchPickleWriter() {}

  /** The pickle of a dictionary of tensors, in the order given. */
  static byte[] dictionary(Collection<NamedTensor> tensors) {
    TorchPickleWriter pickle = new TorchPickleWriter();
    pickle.opcode(0x80).opcode(2);
    pickle.emptyDictionary();
    pickle.opcode(MARK);
    int key = 0;
    for (NamedTensor tensor : tensors) {
      pickle.text(tensor.name()).tensor(tensor, Integer.toString(key++));
    }
    pickle.opcode('u').opcode('.');
    return pickle.out.toByteArray();
  }

  /** _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks). */
  private void tensor(NamedTensor tensor, String key) {
    name("torch._utils", "_rebuild_tensor_v2").opcode(MARK);
    opcode(MARK).text("storage").name("torch", "FloatStorage").text(key).text("cpu");
    number(tensor.data().length).opcode(TUPLE);
    opcode('Q');
    number(0);
    numbers(tensor.shape());
    numbers(strides(tensor.shape()));
    opcode(0x89);
    emptyDictionary();
    opcode(TUPLE).opcode(REDUCE);
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= Math.max(1, shape[d]);
    }
    return strides;
  }

  private void emptyDictionary() {
    name("collections", "OrderedDict").opcode(')').opcode(REDUCE);
  }

  private void numbers(long[] values) {
    opcode(MARK);
    for (long value : values) {
      number(value);
    }
    opcode(TUPLE);
  }

  /** From 0; in four bytes where they do. */
  private TorchPickleWriter number(long value) {
    if (value <= Integer.MAX_VALUE) {
      opcode('J');
      out.writeBytes(little(Integer.BYTES).putInt((int) value).array());
    } else {
      opcode(0x8a).opcode(Long.BYTES);
      out.writeBytes(little(Long.BYTES).putLong(value).array());
    }
    return this;
  }

  private TorchPickleWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    opcode('X');
    out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  private TorchPickleWriter name(String module, String name) {
    opcode('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private TorchPickleWriter opcode(int code) {
    out.write(code);
    return this;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
