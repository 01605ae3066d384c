package org.stylemining.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The same experiment on one machine, {@code local[2]}: drawn images, a style generator and a run,
 * made once. What clusters give is compared with it.
 *
 * @param folder holds {@code data}, {@code rain}, {@code train}
 * @param conf configuration with the local folders
 */
public record LocalRun(Path folder, Path conf) implements CloseableResource {

  /** Draws the images, trains the generator, trains the network. */
  static LocalRun make() throws IOException, InterruptedException {
    Path folder = Distribution.emptyFolder("local-run");
    LocalRun run =
        new LocalRun(
            folder,
            Experiment.write(
                folder.resolve("tiny.conf"),
                folder.resolve("data").toString(),
                folder.resolve("rain").toString()));
    done(Distribution.drawing(run.data().toString()));
    done(local("pretrain", run.conf.toString(), "--out", run.rain().toString()));
    done(local("train", run.conf.toString(), "--out", run.train().toString()));
    return run;
  }

  public Path data() {
    return folder.resolve("data");
  }

  public Path rain() {
    return folder.resolve("rain");
  }

  /** The run folder. */
  public Path train() {
    return folder.resolve("train");
  }

  /** The network after the last round. */
  public byte[] model() throws IOException {
    return Files.readAllBytes(train().resolve(model(Experiment.ROUNDS)));
  }

  /** The style generator. */
  public byte[] generator() throws IOException {
    return Files.readAllBytes(rain().resolve("rain.safetensors"));
  }

  /** Where a run folder keeps the network of a round. */
  public static String model(int round) {
    return "checkpoints/round-%06d/model.safetensors".formatted(round);
  }

  /** The network after the last round of the longer run, which is made where it is missing. */
  public byte[] longerModel() throws IOException, InterruptedException {
    Path longer = folder.resolve("longer");
    if (!Files.exists(longer)) {
      done(local("train", conf.toString(), Experiment.LONGER, "--out", longer.toString()));
    }
    return Files.readAllBytes(longer.resolve(model(Experiment.LONGER_ROUNDS)));
  }

  private static Command local(String... words) {
    String[] all = new String[words.length + 4];
    System.arraycopy(
        new String[] {"--master", "local[2]", "--conf", "spark.ui.enabled=false"}, 0, all, 0, 4);
    System.arraycopy(words, 0, all, 4, words.length);
    return Distribution.asm(all);
  }

  private static void done(Command command) throws IOException, InterruptedException {
    Ended ended = command.run();
    assertThat(ended.status()).as(ended.toString()).isZero();
  }

  @Override
  public void close() {
    // The files stay for a look.
  }
}
