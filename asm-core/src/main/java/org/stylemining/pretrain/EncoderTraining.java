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
 * @param pixels whether every pixel has a class of its own; else an image has one as a whole
 */
public record EncoderTraining(EncoderTrainingConfig training, int classes, boolean pixels)
    implements TrainerFactory {
  @Override
  public EncoderTrainer create() {
    return new EncoderTrainer(training, classes, pixels, new Buffers(DataType.FLOAT));
  }
}
