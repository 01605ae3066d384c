package org.stylemining.command;

import java.util.List;
import org.stylemining.config.AsmConfig;

/** What all methods of a comparison have as much of. */
enum Budget {
  /** Updates of the network, training.updates of each worker. */
  UPDATES {
    @Override
    List<String> settings(AsmConfig base, AsmConfig method) {
      return List.of();
    }

    @Override
    String words(AsmConfig base) {
      return "equal updates: %d of each worker".formatted(base.training().updates());
    }
  },
  /** Source images: as many as mining makes training.updates updates on. */
  IMAGES {
    @Override
    List<String> settings(AsmConfig base, AsmConfig method) {
      long batches = ceilDiv(images(base), method.training().batch());
      long updates = batches * updatesPerBatch(method);
      long warmUp =
          Math.round((double) base.training().warmUp() * updates / base.training().updates());
      return List.of("training.updates=" + updates, "training.warm-up=" + warmUp);
    }

    @Override
    String words(AsmConfig base) {
      return "equal source images: %d for each worker".formatted(images(base));
    }
  };

  /**
   * What a method sets to keep within the budget.
   *
   * @param base the configuration without any method's settings
   * @param method the configuration with the method's
   */
  abstract List<String> settings(AsmConfig base, AsmConfig method);

  /** The budget in words. */
  abstract String words(AsmConfig base);

  private static long images(AsmConfig base) {
    return ceilDiv(base.training().updates(), base.mining().depth()) * base.training().batch();
  }

  private static int updatesPerBatch(AsmConfig config) {
    return config.training().method().usesAnchors() ? config.mining().depth() : 1;
  }

  private static long ceilDiv(long amount, long each) {
    return (amount + each - 1) / each;
  }
}
