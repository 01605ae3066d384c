package org.stylemining.pretrain;

import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.EncoderTrainingConfig;
import org.stylemining.nn.Buffers;

/**
 * Makes trainers of the small encoder.
 *
 * @param training settings
 * @param crop side of the images, pixels
 * @param seed of the variation of their colours
 */
public record EncoderTraining(EncoderTrainingConfig training, int crop, long seed)
    implements TrainerFactory {
  @Override
  public EncoderTrainer create() {
    return new EncoderTrainer(training, crop, seed, new Buffers(DataType.FLOAT));
  }
}
