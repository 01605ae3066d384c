package org.stylemining.weights;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.razorvine.pickle.PickleException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * Reads the parameters in a checkpoint that PyTorch wrote ({@code .pth}, {@code .pt}), in its zip
 * format or the legacy one (default before PyTorch 1.6). The file's pickle is read with a short
 * list of what it may name (dictionaries, tensors and their storages); a file that names anything
 * else is refused, and nothing that a file names is ever run.
 */
public final class TorchCheckpoint {

  /** First number in a legacy file. */
  private static final BigInteger LEGACY = new BigInteger("1950a86a20f9469cfc6c", 16);

  /** Entries of a training state that hold the parameters. */
  private static final List<String> PARAMETERS = List.of("state_dict", "model");

  /** Keys that a message lists. */
  private static final int LISTED = 5;

  /** Values per byte of the file: several parameters may share a storage. */
  private static final int MOST_SHARED = 4;

  /** Values that a small file's tensors may have anyway. */
  private static final int ANYWAY = 1 << 20;

  private TorchCheckpoint() {}

  /**
   * Reads all tensors by name, in the file's order, contiguous, as float32 (whole numbers too). Of
   * a training state, those of its entry {@code state_dict} or {@code model}; values that are no
   * tensors are left aside.
   *
   * @param file local path or URI of any file system that Hadoop is configured for
   * @throws UserMistake where there is no such file, it is damaged, has no tensors by name, or
   *     names what weights have no need of
   * @throws IOException where the file system fails
   */
  public static Map<String, NamedTensor> read(Path file, Configuration hadoop) throws IOException {
    // Java reads a zip file from a local one alone, as its table of contents is at the end.
    java.nio.file.Path copy = Files.createTempFile("weights-", ".pth");
    try {
      try (InputStream in = file.getFileSystem(hadoop).open(file)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      } catch (FileNotFoundException e) {
        throw new UserMistake("no such weights file: " + file);
      }
      return readLocal(copy, file.toString());
    } finally {
      Files.delete(copy);
    }
  }

  private static Map<String, NamedTensor> readLocal(java.nio.file.Path file, String where) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(4);
      byte[] start = in.readNBytes(4);
      if (start.length == 0) {
        throw mistake(where, "the file is empty", null);
      }
      if (new String(start, StandardCharsets.ISO_8859_1).equals("PK\3\4")) {
        return readZip(file, where);
      }
      in.reset();
      return readLegacy(in, Files.size(file), where);
    } catch (UserMistake e) {
      throw e;
    } catch (IOException | PickleException | IllegalArgumentException e) {
      throw mistake(where, "not a whole PyTorch checkpoint: " + reason(e), e);
    } catch (RuntimeException e) {
      // The pickle's operations do not fit together.
      throw mistake(where, "not a whole PyTorch checkpoint: its pickle makes no sense", e);
    }
  }

  private static Map<String, NamedTensor> readZip(java.nio.file.Path file, String where)
      throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry pickle =
          zip.stream()
              .filter(entry -> entry.getName().endsWith("/data.pkl"))
              .findFirst()
              .orElseThrow(() -> mistake(where, "a zip file, but no data.pkl in it", null));
      String folder =
          pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
      ZipEntry order = zip.getEntry(folder + "byteorder");
      if (order != null && !text(zip, order).strip().equals("little")) {
        throw mistake(where, "its byte order is " + text(zip, order) + ", expected little", null);
      }
      Object root;
      try (InputStream in = new BufferedInputStream(zip.getInputStream(stored(pickle)))) {
        root = new TorchPickle(where).load(in);
      }
      Map<String, TorchTensor> parameters = parameters(root, where);
      long length = Files.size(file);
      requireNoMoreThanFileHolds(parameters, length);
      Map<String, byte[]> read = new HashMap<>();
      long total = 0;
      Map<String, NamedTensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, TorchTensor> entry : parameters.entrySet()) {
        TorchTensor.Storage storage = entry.getValue().storage();
        byte[] bytes = read.get(storage.key());
        if (bytes == null) {
          total = Math.addExact(total, storage.bytes());
          if (total > length) {
            throw new EOFException(
                "its storages need at least " + total + " bytes, the file has " + length);
          }
          bytes = bytes(zip, folder + "data/" + storage.key(), storage.bytes());
          read.put(storage.key(), bytes);
        }
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), bytes));
      }
      return tensors;
    }
  }

  private static Map<String, NamedTensor> readLegacy(InputStream in, long length, String where)
      throws IOException {
    Object magic;
    try {
      magic = new TorchPickle(where).load(in);
    } catch (UserMistake | PickleException | IllegalArgumentException | IOException e) {
      throw mistake(
          where, "not a PyTorch checkpoint (it starts neither as a zip nor as a pickle)", e);
    }
    if (!LEGACY.equals(magic)) {
      throw mistake(where, "not a PyTorch checkpoint (it starts with " + magic + ")", null);
    }
    new TorchPickle(where).load(in); // version of the format
    Map<?, ?> system = (Map<?, ?>) new TorchPickle(where).load(in);
    if (!Boolean.TRUE.equals(system.get("little_endian"))) {
      throw mistake(where, "its byte order is big, expected little", null);
    }
    TorchPickle pickle = new TorchPickle(where);
    Map<String, TorchTensor> parameters = parameters(pickle.load(in), where);
    requireNoMoreThanFileHolds(parameters, length);
    Map<String, byte[]> storages = new HashMap<>();
    for (Object key : (List<?>) new TorchPickle(where).load(in)) {
      long elements = ByteBuffer.wrap(bytes(in, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      int width = pickle.storages().get((String) key).bytes();
      storages.put(
          (String) key, bytes(in, Math.toIntExact(Math.multiplyExact(elements, (long) width))));
    }
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) ->
            tensors.put(name, tensor(name, tensor, storages.get(tensor.storage().key()))));
    return tensors;
  }

  /** Views that repeat their values could ask for any amount of memory. */
  private static void requireNoMoreThanFileHolds(
      Map<String, TorchTensor> parameters, long fileLength) {
    long values = 0;
    for (TorchTensor tensor : parameters.values()) {
      values = Math.addExact(values, Shapes.elements(tensor.shape()));
    }
    if (values > MOST_SHARED * fileLength + ANYWAY) {
      throw new IllegalArgumentException(
          "its tensors have " + values + " values, in a file of " + fileLength + " bytes");
    }
  }

  private static NamedTensor tensor(String name, TorchTensor tensor, byte[] bytes) {
    TorchTensor.Storage storage = tensor.storage();
    long needed = storage.bytes();
    if (bytes == null || bytes.length < needed) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + ": storage "
              + storage.key()
              + " needs "
              + needed
              + " bytes, found "
              + (bytes == null ? "none" : bytes.length));
    }
    return new NamedTensor(name, tensor.shape(), tensor.values(bytes));
  }

  private static Map<String, TorchTensor> parameters(Object root, String where) {
    if (!(root instanceof Map<?, ?> entries)) {
      throw mistake(where, "expected tensors by name, found " + kind(root), null);
    }
    Map<String, TorchTensor> tensors = tensors(entries);
    for (String name : PARAMETERS) {
      if (tensors.isEmpty() && entries.get(name) instanceof Map<?, ?> inner) {
        tensors = tensors(inner);
      }
    }
    if (tensors.isEmpty()) {
      List<?> keys = entries.keySet().stream().limit(LISTED).toList();
      String more = entries.size() > LISTED ? " and " + (entries.size() - LISTED) + " more" : "";
      throw mistake(where, "expected tensors by name, found only " + keys + more, null);
    }
    return tensors;
  }

  private static Map<String, TorchTensor> tensors(Map<?, ?> entries) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    entries.forEach(
        (name, value) -> {
          if (value instanceof TorchTensor tensor) {
            tensors.put((String) name, tensor);
          }
        });
    return tensors;
  }

  private static String kind(Object value) {
    return value instanceof TorchTensor ? "one tensor without a name" : "something else";
  }

  private static String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readNBytes(64), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(ZipFile zip, String name, long length) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new EOFException("it has no " + name);
    }
    try (InputStream in = zip.getInputStream(stored(entry))) {
      return in.readNBytes(Math.toIntExact(length));
    }
  }

  /** PyTorch compresses nothing; a compressed entry may be of any length once it is read. */
  private static ZipEntry stored(ZipEntry entry) {
    if (entry.getMethod() != ZipEntry.STORED) {
      throw new IllegalArgumentException(
          "its entry " + entry.getName() + " is compressed, which PyTorch's own never are");
    }
    return entry;
  }

  private static byte[] bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the file ends within a storage of " + length + " bytes");
    }
    return bytes;
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static UserMistake mistake(String where, String what, Exception cause) {
    return new UserMistake(where + ": " + what, cause);
  }
}
