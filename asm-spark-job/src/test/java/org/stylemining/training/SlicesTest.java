package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.config.WorkerWeight;
import org.stylemining.device.ProcessMemory;
import org.stylemining.device.WorkerDevice;
import org.stylemining.report.StepRecord;

class SlicesTest {
  private static final int PARAMETERS = 300_000;
  private static final int STATES = 600_000;

  @ParameterizedTest(name = "{0} values, {1} workers: {2} slices")
  @CsvSource({"100,8,1", "140000,8,2", "900000,4,4", "88000000,4,21", "88000000,128,128"})
  void everyWorkerAveragesAboutOneNetworkAtMost(long values, int workers, int slices) {
    Slicing slicing = Slicing.of(values, workers);

    assertThat(slicing.count()).isEqualTo(slices);
    assertThat(IntStream.range(0, slices).mapToLong(slicing::length).sum()).isEqualTo(values);
    assertThat(slicing.start(slices)).isEqualTo(values);
  }

  @Test
  void slicesBringParametersAndStateToTheWorkers() throws Exception {
    try (RoundVectors driver = drawn(1);
        RoundVectors here = new RoundVectors(PARAMETERS, STATES);
        RoundVectors there = new RoundVectors(PARAMETERS, STATES)) {
      RoundStart start = new RoundStart(driver, Slicing.of(driver.length(), 5));
      start.copyTo(here);
      copied(copied(start)).copyTo(there);

      assertThat(values(here)).isEqualTo(values(driver));
      assertThat(values(there)).isEqualTo(values(driver));
    }
  }

  @Test
  void theMeanIsWeightedByUpdates() throws Exception {
    float[] expected = new float[PARAMETERS + STATES];
    float[] first;
    float[] second;
    List<WorkerResult> results = new ArrayList<>();
    try (RoundVectors a = drawn(1);
        RoundVectors b = drawn(2);
        RoundVectors c = drawn(3)) {
      first = values(a);
      second = values(b);
      Slicing slicing = Slicing.of(a.length(), 3);
      results.add(new WorkerResult(b, slicing, report(1, 1, null), WorkerWeight.UPDATES));
      results.add(new WorkerResult(a, slicing, report(0, 3, null), WorkerWeight.UPDATES));
      results.add(
          new WorkerResult(
              c, slicing, report(2, 2, "its parameters are not finite"), WorkerWeight.UPDATES));
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (3 * first[i] + 1 * second[i]) / 4;
      }

      assertThat(mean(results, slicing)).isEqualTo(expected);
    }
  }

  @Test
  void theMeanOfEquallyManyUpdatesIsThePlainOne() throws Exception {
    try (RoundVectors a = drawn(1);
        RoundVectors b = drawn(2)) {
      Slicing slicing = Slicing.of(a.length(), 2);
      float[] first = values(a);
      float[] second = values(b);
      float[] expected = new float[first.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (first[i] + second[i]) / 2;
      }

      assertThat(
              mean(
                  List.of(
                      new WorkerResult(b, slicing, report(1, 3, null), WorkerWeight.UPDATES),
                      new WorkerResult(a, slicing, report(0, 3, null), WorkerWeight.UPDATES)),
                  slicing))
          .isEqualTo(expected);
    }
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    try (RoundVectors vectors = drawn(1)) {
      assertThat(vectors.notFinite()).isNull();
      vectors.state().putScalar(STATES - 1, Float.NaN);
      assertThat(vectors.notFinite()).isEqualTo("its optimizer state is not finite");
      vectors.theta().putScalar(0, Float.NEGATIVE_INFINITY);
      assertThat(vectors.notFinite()).isEqualTo("its parameters are not finite");
    }
  }

  /** Every slice of every worker, sent to be averaged, and back. */
  private static float[] mean(List<WorkerResult> results, Slicing slicing) throws Exception {
    try (RoundVectors mean = new RoundVectors(PARAMETERS, STATES)) {
      for (int s = 0; s < slicing.count(); s++) {
        List<WorkerSlice> slices = new ArrayList<>();
        for (WorkerResult result : results) {
          if (s < result.slices()) {
            slices.add(copied(new WorkerSlice(result, s)));
          }
        }
        MeanSlice slice = copied(MeanSlice.of(s, slices, slicing.leading(s, PARAMETERS)));
        assertThat(slice.reports()).hasSize(s == 0 ? results.size() : 0);
        mean.write(slicing.start(s), slice.values());
      }
      return values(mean);
    }
  }

  private static WorkerReport report(int worker, int updates, String notFinite) {
    StepRecord step = new StepRecord(1, worker, 1, 1, 1, 1, 0, 0, 0, 0, 0.1, 1, 0, 0);
    return new WorkerReport(
        worker,
        new WorkerDevice("0", "host", 1, null),
        IntStream.range(0, updates).mapToObj(i -> step).toList(),
        updates,
        updates,
        List.of(),
        0,
        0,
        notFinite,
        ProcessMemory.now(1));
  }

  private static RoundVectors drawn(long seed) {
    Random random = new Random(seed);
    float[] values = new float[PARAMETERS + STATES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    RoundVectors vectors = new RoundVectors(PARAMETERS, STATES);
    vectors.write(0, values);
    assertThat(vectors.theta().getFloat(7)).isEqualTo(values[7]);
    assertThat(vectors.state().getFloat(0)).isEqualTo(values[PARAMETERS]);
    return vectors;
  }

  private static float[] values(RoundVectors vectors) {
    float[] values = new float[(int) vectors.length()];
    vectors.read(0, values);
    return values;
  }

  @SuppressWarnings("unchecked")
  private static <T> T copied(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
