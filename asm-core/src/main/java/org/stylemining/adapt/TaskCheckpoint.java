package org.stylemining.adapt;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.nn.Buffers;
import org.stylemining.task.TaskModel;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.ParameterShapes;

/** Checkpoints of a configuration's task network. */
public final class TaskCheckpoint {
  private TaskCheckpoint() {}

  /**
   * Reads a checkpoint of the configuration's network.
   *
   * @param place a checkpoint's folder, or a run's: its newest complete one
   * @throws org.stylemining.config.UserMistake where there is none, or it is of another network or
   *     other classes
   */
  public static Checkpoint read(Path place, AsmConfig config, Configuration hadoop)
      throws IOException {
    Checkpoint found = Checkpoint.read(place, hadoop).result();
    requireFit(found, config);
    return found;
  }

  /**
   * Checks that a checkpoint is of the configuration's network.
   *
   * @throws org.stylemining.config.UserMistake with what differs
   */
  public static void requireFit(Checkpoint checkpoint, AsmConfig config) {
    String where = "checkpoint " + checkpoint.path();
    TaskTraining.requireFit(config, where, checkpoint.model());
    checkpoint.check(shapes(config));
    LabelSpaces.told(checkpoint.state().configuration())
        .ifPresent(trained -> requireSameClasses(where, trained, LabelSpaces.of(config.data())));
  }

  /** As many classes are not yet the same ones. */
  private static void requireSameClasses(String where, LabelSpace trained, LabelSpace asked) {
    for (int id = 0; id < Math.min(trained.count(), asked.count()); id++) {
      if (!trained.classes().get(id).equals(asked.classes().get(id))) {
        throw new UserMistake(
            "%s was trained on other classes, those of data.labels = %s: its class %d is %s, but data.labels = %s has %s there"
                .formatted(
                    where,
                    trained.name(),
                    id,
                    trained.classes().get(id),
                    asked.name(),
                    asked.classes().get(id)));
      }
    }
  }

  private static ParameterShapes shapes(AsmConfig config) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        TaskModel model = TaskTraining.model(config, buffers, false)) {
      return new ParameterShapes(ParameterTensors.shapes(model.parameters()));
    }
  }
}
