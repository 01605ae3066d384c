package org.stylemining.pretrain;

import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.AsmConfig;
import org.stylemining.nn.Buffers;

/**
 * Makes trainers of the generator.
 *
 * @param config of the run
 * @param rain its encoder's weights and everything's first values
 * @param styles style images
 */
public record GeneratorTraining(AsmConfig config, RainFolder rain, StyleImages styles)
    implements TrainerFactory {
  @Override
  public GeneratorTrainer create() {
    return new GeneratorTrainer(
        config, rain.create(new Buffers(DataType.FLOAT), true, "the broadcast generator"), styles);
  }
}
