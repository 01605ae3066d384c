package org.stylemining.pretrain;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.RainFolder;
import org.stylemining.data.SourceBatch;
import org.stylemining.nn.Buffers;
import org.stylemining.style.Rain;

/**
 * Style vectors of a style bank, computed where the source images are read.
 *
 * @param rain the generator, of which the encoder is used
 * @param styles style images
 * @param size of the crops, pixels
 * @param seed of the run
 * @param photoShare share of source images among the crops
 */
public record BankVectors(
    RainFolder rain, StyleImages styles, int size, long seed, double photoShare)
    implements PretrainWorkers.BatchFunction {
  @Override
  public Open open() {
    Buffers buffers = new Buffers(DataType.FLOAT);
    Rain generator = rain.create(buffers, false, "the broadcast generator");
    StyleBank bank = new StyleBank(generator, styles, size, seed, photoShare);
    return new Open() {
      @Override
      public List<float[]> apply(SourceBatch batch) {
        return bank.vectors(batch);
      }

      @Override
      public void close() {
        generator.close();
        buffers.close();
      }
    };
  }
}
