package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stylemining.config.ConfigurationText.parse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RenderedConfigTest {
  private static final String EXPERIMENT =
      """
      include "reference.conf"
      data {
        sources = [
          { type = gta5, root = "s3a://bucket/#1", weight = 24966 }
          { type = cityscapes, root = /data/city, split = train }
        ]
        target { root = "C:\\\\images \\"new\\"", anchors = ["a.png"] }
        evaluation { type = toys, root = /data/dusk }
        labels = custom
        classes = [{ name = ball, colour = "#ff0000" }, { name = "a.b c", colour = "#00FF00" }]
        custom = [
          {
            type = toys
            images = "rgb/**/{name}.png"
            labels = "gt/{name}.png"
            values { ball = 7, "a.b c" = [8, "10-12"] }
            ignored = [0, 255]
            score = [ball]
          }
          { type = plain, images = "*.png" }
        ]
      }
      evaluate.classes = [road, sky]
      mining.step = relative
      """;

  @Test
  void renderedTextMakesTheSameConfigurationAgain() {
    AsmConfig config = parse(EXPERIMENT, "seed=-5", "style.rain=a\nb", "model.rates=[2, 4]");

    AsmConfig again = ConfigReader.parse(config.render(), "config.conf", List.of());

    assertThat(again).isEqualTo(config);
    assertThat(again.data()).isEqualTo(config.data());
    assertThat(again.style().rain()).contains("a\nb");
    assertThat(parse(EXPERIMENT)).isNotEqualTo(config);
  }

  @Test
  void renderedTextTellsWhereEachValueCameFrom() {
    String text = parse(EXPERIMENT, "seed=3").render();

    assertThat(text)
        .contains("seed = 3  # argument \"seed=3\"\n")
        .contains("  step = \"relative\"  # test.conf: 24\n")
        .containsPattern("  power = 0.9  # reference.conf: \\d+\n");
    assertThat(text.lines().filter(line -> line.contains("gta5")))
        .singleElement()
        .asString()
        .contains("24966", "# test.conf: 4");
  }

  @Test
  void aValueThatSubstitutesAVariableIsToldByTheLineThatAsksForIt() {
    String file = "include \"reference.conf\"\nstyle.rain = ${?RAIN}/rain\ndata.target.root = /a";

    assertThat(parse(Map.of("RAIN", "/runs"), file, "data.target.root=${RAIN}").render())
        .contains("  rain = \"/runs/rain\"  # test.conf: 2\n")
        .contains("    root = \"/runs\"  # argument \"data.target.root=${RAIN}\"\n");
  }

  @Test
  void everyRecordCanBeSentToAWorker() throws IOException, ClassNotFoundException {
    AsmConfig config = parse(EXPERIMENT, "model.initial-weights=weights", "style.rain=rain");

    AsmConfig sent = (AsmConfig) throughSerialisation(config);

    assertThat(sent).isEqualTo(config);
    assertThat(sent.render()).isEqualTo(config.render());
    assertThat(throughSerialisation(config.data())).isEqualTo(config.data());
    assertThat(throughSerialisation(config.style())).isEqualTo(config.style());
  }

  @Property(tries = 50)
  void numbersKeepEveryBit(@ForAll long bits) {
    double rate = Math.abs(Double.longBitsToDouble(bits));
    Assume.that(Double.isFinite(rate) && rate > 0);

    AsmConfig config = parse("", "training.learning-rate=" + rate);

    assertThat(config.training().learningRate()).isEqualTo(rate);
    assertThat(parse(config.render()).training().learningRate()).isEqualTo(rate);
  }

  private static Object throughSerialisation(Object object)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
