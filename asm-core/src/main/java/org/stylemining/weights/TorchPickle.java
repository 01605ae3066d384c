package org.stylemining.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.stylemining.config.UserMistake;

/**
 * Reads the pickles in a PyTorch checkpoint: plain values, ordered dictionaries and tensors, which
 * come out as {@link TorchTensor}s. Whatever else a pickle names is refused by that name before
 * anything is done with it.
 *
 * <p>The opcodes are dispatched here, as the library's own table of constructors is one for the
 * whole JVM, which Spark fills for itself; and as Spark's class path has version 1.3, which knows
 * persistent ids as texts alone.
 */
final class TorchPickle extends Unpickler {

  /** What a pickle may name. */
  private interface Known {
    Object build(Object[] arguments);
  }

  /** The name of a type of storage; it is never built, but stands in persistent ids. */
  private record StorageType(ElementType type) implements Known {
    @Override
    public Object build(Object[] arguments) {
      throw new IllegalArgumentException("a storage outside of a persistent id");
    }
  }

  private static final Map<String, ElementType> STORAGES =
      Map.of(
          "DoubleStorage", ElementType.F64,
          "FloatStorage", ElementType.F32,
          "HalfStorage", ElementType.F16,
          "BFloat16Storage", ElementType.BF16,
          "LongStorage", ElementType.I64,
          "IntStorage", ElementType.I32,
          "ShortStorage", ElementType.I16,
          "CharStorage", ElementType.I8,
          "ByteStorage", ElementType.U8,
          "BoolStorage", ElementType.U8);

  /**
   * Opcodes of numbers, short texts, tuples, lists and the memo in binary form; PyTorch never wrote
   * the textual ones.
   */
  private static final String PLAIN = "().012]NJKMGUaehjlqrt";

  /**
   * PROTO, TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, SHORT_BINUNICODE, MEMOIZE and FRAME.
   */
  private static final Set<Integer> PLAIN_FROM_PROTOCOL_2 =
      Set.of(0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x94, 0x95);

  /** A network with ten thousand parameters needs about a sixth of this. */
  private static final int MOST_OPCODES = 2_000_000;

  /** PyTorch's own limit. */
  private static final int MOST_DIMENSIONS = 64;

  private final String where;
  private final Map<String, ElementType> storages = new HashMap<>();
  private int opcodes;

  /**
   * A reader of one pickle.
   *
   * @param where the checkpoint's name for messages
   */
  TorchPickle(String where) {
    this.where = where;
  }

  /** Type of every storage that was named so far, by key. */
  Map<String, ElementType> storages() {
    return storages;
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    if (++opcodes > MOST_OPCODES) {
      throw new IllegalArgumentException(
          "its pickle has more than " + MOST_OPCODES + " operations");
    }
    switch (opcode) {
      case 'c' -> stack.add(known(PickleUtils.readline(input), PickleUtils.readline(input)));
      case 0x93 -> { // STACK_GLOBAL
        String name = (String) stack.pop();
        stack.add(known((String) stack.pop(), name));
      }
      case 'R' -> {
        Object[] arguments = array(stack.pop());
        stack.add(((Known) stack.pop()).build(arguments));
      }
      case 'b' -> state(stack.pop());
      case 'Q' -> stack.add(storage(array(stack.pop())));
      // The library's dictionaries forget the order of their entries.
      case '}' -> stack.add(new LinkedHashMap<Object, Object>());
      case 's' -> {
        Object value = stack.pop();
        Object key = stack.pop();
        put(Arrays.asList(key, value), stack.peek());
      }
      case 'u' -> {
        List<Object> entries = stack.pop_all_since_marker();
        put(entries, stack.peek());
      }
      case 'd' -> {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        put(stack.pop_all_since_marker(), dictionary);
        stack.add(dictionary);
      }
      // The library would allocate whatever length a damaged file gives.
      case 'X' -> stack.add(text(little(4).getInt(), StandardCharsets.UTF_8));
      case 'T' -> stack.add(text(little(4).getInt(), StandardCharsets.ISO_8859_1));
      default -> {
        if (!isPlain(opcode)) {
          throw new UserMistake(
              where
                  + ": its pickle has the opcode 0x"
                  + Integer.toHexString(opcode)
                  + ", which weights have no need of");
        }
        return super.dispatch(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  private static boolean isPlain(short opcode) {
    return PLAIN.indexOf(opcode) >= 0 || PLAIN_FROM_PROTOCOL_2.contains((int) opcode);
  }

  @SuppressWarnings("unchecked")
  private static void put(List<Object> keysAndValues, Object dictionary) {
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      ((Map<Object, Object>) dictionary).put(key(keysAndValues.get(i)), keysAndValues.get(i + 1));
    }
  }

  /** Lists and dictionaries have a hash that follows their contents, without end in a circle. */
  private static Object key(Object key) {
    if (key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key;
    }
    throw new IllegalArgumentException("a dictionary's key that is neither a text nor a number");
  }

  private Known known(String module, String name) {
    String full = module + "." + name;
    switch (full) {
      case "collections.OrderedDict":
        return TorchPickle::dictionary;
      case "torch.Size":
        return arguments -> array(arguments[0]);
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
        return TorchPickle::tensor;
      case "torch._utils._rebuild_parameter":
        return arguments -> (TorchTensor) arguments[0];
      default:
        if ((module.equals("torch") || module.equals("torch.cuda")) && STORAGES.containsKey(name)) {
          return new StorageType(STORAGES.get(name));
        }
        throw new UserMistake(
            where
                + ": refused, as it names "
                + full
                + ", and reading it could run any code; expected tensors by name alone (in PyTorch:"
                + " torch.save(model.state_dict(), file))");
    }
  }

  private static Object dictionary(Object[] arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (arguments.length > 0) {
      for (Object pair : (List<?>) arguments[0]) {
        Object[] keyAndValue = array(pair);
        dictionary.put(key(keyAndValue[0]), keyAndValue[1]);
      }
    }
    return dictionary;
  }

  /** From (storage, offset, size, stride, ...). */
  private static TorchTensor tensor(Object[] arguments) {
    return new TorchTensor(
        (TorchTensor.Storage) arguments[0],
        ((Number) arguments[1]).longValue(),
        longs(arguments[2]),
        longs(arguments[3]));
  }

  /** From ("storage", type, key, device, number of values[, (key of the view, begin, size)]). */
  private TorchTensor.Storage storage(Object[] id) {
    if (id.length < 5 || !"storage".equals(id[0])) {
      throw new IllegalArgumentException("a persistent id that is not a storage's");
    }
    long elements = ((Number) id[4]).longValue();
    long begin = 0;
    if (id.length > 5 && id[5] != null) {
      Object[] view = array(id[5]);
      begin = ((Number) view[1]).longValue();
      elements = ((Number) view[2]).longValue();
    }
    if (begin < 0 || elements < 0) {
      throw new IllegalArgumentException("a storage of negative size");
    }
    ElementType type = ((StorageType) id[1]).type();
    storages.put((String) id[2], type);
    return new TorchTensor.Storage((String) id[2], type, begin, elements);
  }

  /** Attributes of an object: a dictionary of parameters has some (their versions), unused here. */
  private void state(Object attributes) {
    if (!(stack.peek() instanceof Map) || !(attributes instanceof Map)) {
      throw new IllegalArgumentException("attributes of something that is no dictionary");
    }
  }

  private String text(int length, Charset charset) throws IOException {
    return new String(bytes(length), charset);
  }

  private ByteBuffer little(int length) throws IOException {
    return ByteBuffer.wrap(bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] bytes(int length) throws IOException {
    InputStream from = input;
    byte[] bytes = from.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a text of " + length + " bytes is announced, found " + bytes.length);
    }
    return bytes;
  }

  private static Object[] array(Object tuple) {
    return tuple instanceof List<?> list ? list.toArray() : (Object[]) tuple;
  }

  private static long[] longs(Object tuple) {
    Object[] numbers = array(tuple);
    if (numbers.length > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("a tensor of " + numbers.length + " dimensions");
    }
    long[] values = new long[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Number) numbers[i]).longValue();
    }
    return values;
  }
}
