package org.stylemining.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PixelBudgetTest {
  @Test
  void moreThanThereIsNeverFits() {
    PixelBudget budget = new PixelBudget(10_000_000);
    assertThat(budget.fits(9_000_000)).isTrue();
    assertThat(budget.fits(11_000_000)).isFalse();
    assertThat(budget.megapixels()).isEqualTo(9);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aLargeImageWaitsUntilOthersAreGivenBack() throws Exception {
    PixelBudget budget = new PixelBudget(10_000_000);
    budget.take(6_000_000);
    assertThat(budget.tryTake(6_000_000)).isFalse();
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                budget.take(6_000_000);
                return true;
              } catch (InterruptedException e) {
                return false;
              }
            });
    assertThat(second).isNotDone();
    budget.giveBack(6_000_000);
    assertThat(second.get()).isTrue();
    budget.giveBack(6_000_000);
    assertThat(budget.tryTake(9_000_000)).isTrue();
  }
}
