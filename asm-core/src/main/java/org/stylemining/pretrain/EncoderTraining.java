package org.stylemining.pretrain;

import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.EncoderTrainingConfig;
import org.stylemining.nn.Buffers;

/**
 * Makes trainers of the small encoder.
 *
 * @param training settings
 * @param classes of the label space
 */
record EncoderTraining(EncoderTrainingConfig training, int classes) implements TrainerFactory {
  @Override
  public EncoderTrainer create() {
    return new EncoderTrainer(training, classes, new Buffers(DataType.FLOAT));
  }
}
