package org.stylemining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigMistakesTest {
  private static String mistake(String text, String... overrides) {
    UserMistake mistake =
        catchThrowableOfType(UserMistake.class, () -> ConfigurationText.parse(text, overrides));
    assertThat(mistake).as("a mistake in: " + text + List.of(overrides)).isNotNull();
    return mistake.getMessage();
  }

  @Test
  void networkLabelsAndScheduleHaveToFit() {
    assertThat(mistake("data.labels = digits10"))
        .contains(
            "model.network = \"deeplab-v2\"",
            "expected resnet18, as data.labels = digits10 are classes of whole images");
    assertThat(mistake("model.network = resnet18"))
        .contains(
            "model.network = \"resnet18\" (test.conf: 1)",
            "expected deeplab-v2, as data.labels = cityscapes19 are classes of pixels");
    assertThat(mistake("training.schedule = step"))
        .contains("training.steps = []", "at least one update, as training.schedule = step");
    assertThat(mistake("training.steps = [200, 100]")).contains("updates in ascending order");
    assertThat(mistake("data.sources = [{ type = mnist, limit = -1 }]"))
        .contains("data.sources[0].limit = -1", "at least 0");
  }

  @Test
  void everyMistakeIsReportedAtOnceWithKeyValuePlaceAndWhatIsAllowed() {
    String message =
        mistake(
            """
            include "reference.conf"
            data {
              crop { widht = 960 }
              resize = 1280
              scale { min = 2.5, max = 0.5 }
              mirror = perhaps
              labels = cityscape
              sources = [
                { type = gta5, root = /data/gta5, weight = 0 }
                { root = /data/synthia, shuffle = true }
              ]
              evaluation { type = cityscapes }
            }
            model.rates = []
            training {
              batch = 2.5
              updates = null
              learning-rate = NaN
            }
            optimiser { name = adam }
            evaluate.resize.width = 64
            """,
            "mining.step=relativ",
            "training.momentum=1",
            "--verbose");

    assertThat(message.replaceAll("reference.conf: \\d+", "reference.conf").lines())
        .containsExactlyInAnyOrder(
            "18 mistakes in the configuration test.conf:",
            "  data.crop.widht = 960 (test.conf: 3): no such key; the nearest one is"
                + " data.crop.width",
            "  data.resize = 1280 (test.conf: 4): expected a block { width, height }",
            "  data.scale.min = 2.5 (test.conf: 5): expected at most data.scale.max = 0.5",
            "  data.mirror = \"perhaps\" (test.conf: 6): expected true or false",
            "  data.labels = \"cityscape\" (test.conf: 7): expected one of cityscapes19, camvid11,"
                + " digits10, custom",
            "  data.sources[0].weight = 0 (test.conf: 9): expected a number greater than 0",
            "  data.sources[1].type is missing (test.conf: 10): expected text",
            "  data.sources[1].shuffle = true (test.conf: 10): no such key; the nearest one is"
                + " data.sources[1].split",
            "  data.evaluation.root = null (reference.conf): expected a folder, as"
                + " data.evaluation.type = cityscapes",
            "  model.rates = [] (test.conf: 14): expected a list of at least one entry, each a"
                + " whole number at least 1 and below 2^31",
            "  training.batch = 2.5 (test.conf: 16): expected a whole number at least 1 and below"
                + " 2^31",
            "  training.updates = null (test.conf: 17): expected a whole number at least 1 and"
                + " below 2^31",
            "  training.learning-rate = \"NaN\" (test.conf: 18): expected a number greater than 0",
            "  optimiser = { … } (test.conf: 20): no such key; the nearest one is"
                + " training.optimizer",
            "  evaluate.resize.height = 0 (reference.conf): expected both width and height to"
                + " be 0, or neither",
            "  mining.step = \"relativ\" (argument \"mining.step=relativ\"): expected one of"
                + " constant, inverse-loss, relative",
            "  training.momentum = 1 (argument \"training.momentum=1\"): expected a number at least"
                + " 0 and less than 1",
            "  argument \"--verbose\": expected key=value, such as training.batch=4 (no =)");
  }

  @Test
  void aFileThatIsNoHoconIsReportedWithItsLineAlongWithMistakenArguments() {
    assertThat(mistake("data {\n  mirror = true\n", "training.batch=none"))
        .startsWith("2 mistakes in the configuration test.conf:")
        .containsPattern("test.conf: \\d: ")
        .contains("training.batch = \"none\" (argument \"training.batch=none\")");
  }

  @ParameterizedTest
  @CsvSource({
    "training.learningRate, training.learning-rate",
    "training.learning_rate, training.learning-rate",
    "data.crop.hieght, data.crop.height",
    "sync-every, cluster.sync-every",
    "model.batchnorm.affine, model.batch-norm",
    "style.pretrain.bank.sise, style.pretrain.bank.size",
    "sed, seed",
  })
  void anUnknownKeyIsReportedWithTheNearestOneThatThereIs(String unknown, String nearest) {
    assertThat(mistake("", unknown + "=1")).contains("the nearest one is " + nearest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=9223372036854775808",
        "seed=1.5",
        "training.updates=3000000000",
        "training.updates=0",
        "training.batch=many",
        "training.learning-rate=1e999",
        "training.learning-rate=Infinity",
        "training.learning-rate=-1",
        "training.learning-rate=0",
        "model.width=1.01",
        "data.max-bad-fraction=-0.1",
        "data.crop.height=0",
        "data.target.shots=-1",
        "data.target.anchors=0001TP_006690.png",
        "data.target.anchors=[[a]]",
        "data.mirror=1",
        "model.rates=[6, 0]",
        "model.rates=6",
        "data.sources={type=gta5}",
        "data.sources=[gta5]",
        "evaluate.classes=roads",
        "evaluate.classes=[]",
        "model.backbone=RESNET18",
        "data.target=none",
        "data.target.type=null",
        "data={}}",
        "=1",
        "training..batch=1",
        "training.batch",
      })
  void anArgumentThatDoesNotFitIsAMistakeThatNamesIt(String argument) {
    assertThat(mistake("", argument)).contains("\"" + argument + "\"");
  }

  @Test
  void aScoredFolderNeedsItsType() {
    assertThat(mistake("", "data.evaluation.root=/images"))
        .contains("data.evaluation.type = null")
        .contains("expected a type, as data.evaluation.root = /images");
  }

  @Test
  void aRequiredVariableThatIsNotSetIsAMistakeWithItsLine() {
    assertThat(mistake("seed = 2\nstyle.rain = ${NO_SUCH_RAIN}"))
        .contains("test.conf: 2")
        .contains("NO_SUCH_RAIN");
  }

  @Test
  void aVariableOfTheWrongTypeIsReportedAtTheLineThatAsksForIt() {
    UserMistake mistake =
        catchThrowableOfType(
            UserMistake.class,
            () ->
                ConfigurationText.parse(
                    Map.of("BATCH", "few"), "seed = 2\ntraining.batch = ${?BATCH}"));

    assertThat(mistake).hasMessageContaining("training.batch = \"few\" (test.conf: 2)");
  }

  @Test
  void termsOfARoundThatCannotBeMeantAreMistakes() {
    String message =
        mistake(
            """
            include "reference.conf"
            sync { quorum = 0.5, deadline-factor = 0, explosion = 0.5 }
            checkpoint.on-failure = ignore
            """);

    assertThat(message)
        .contains(
            "sync.quorum = 0.5 (test.conf: 2): expected 1, as no deadline is set (sync.deadline, sync.deadline-factor)")
        .contains("sync.explosion = 0.5 (test.conf: 2): expected 0, or a number greater than 1")
        .contains(
            "checkpoint.on-failure = \"ignore\" (test.conf: 3): expected one of continue, stop");
  }

  @Test
  void classesOfTheUsersOwnThatCannotBeToldApartAreMistakes() {
    String message =
        mistake(
            """
            data.labels = custom
            data.classes = [
              { name = road, colour = "#804080" }
              { name = road, colour = "#0000ff" }
              { name = car, colour = "#0000FF" }
            ]
            """);

    assertThat(message)
        .contains("data.classes[1].name = \"road\" (test.conf: 4): expected a name that no other")
        .contains("data.classes[2].colour = \"#0000FF\" (test.conf: 5): expected a colour that no");
    assertThat(mistake("data.labels = custom\ndata.classes = [{ name = a, colour = \"#12345\" }]"))
        .contains("data.classes[0].colour = \"#12345\" (test.conf: 2): expected a colour such as");
    assertThat(mistake("data.labels = custom"))
        .contains("data.classes = []")
        .contains("expected 2 to 255 classes, as data.labels = custom");
    assertThat(mistake("data.classes = [{ name = a, colour = \"#123456\" }]"))
        .contains("data.labels = \"cityscapes19\"")
        .contains("expected custom, as data.classes is set");
  }

  @Test
  void aTableOfLabelValuesThatIsNoneIsAMistake() {
    String start = "data.custom = [{ type = a, images = \"*.png\", ";

    assertThat(mistake(start + "values = 7 }]"))
        .contains("data.custom[0].values = 7 (test.conf: 1): expected a block { CLASS = VALUE or");
    assertThat(mistake(start + "values { road = [] } }]"))
        .contains("data.custom[0].values.road = [] (test.conf: 1): expected a value or a list of");
    assertThat(mistake(start + "values { road = [{}] } }]")).contains("data.custom[0].values.road");
    assertThat(mistake(start + "labals = x }]"))
        .contains("data.custom[0].labals")
        .contains("the nearest one is data.custom[0].labels");
  }

  @Test
  void waysOfAveragingThatMakeNoSenseAreMistakes() {
    assertThat(mistake("", "sync.interval.from=5", "sync.interval.longest=9"))
        .contains("sync.interval.from = 5", "expected 0, as sync.interval.rule = fixed")
        .contains("sync.interval.longest = 9");
    assertThat(mistake("", "sync.interval.rule=post-local", "cluster.sync-every=1"))
        .contains(
            "sync.interval.from = 0",
            "expected at least 1 and less than training.updates = 100000, as sync.interval.rule = post-local")
        .contains("cluster.sync-every = 1", "expected more than 1");
    assertThat(
            mistake(
                "",
                "sync.interval.rule=quadratic",
                "sync.interval.from=3",
                "sync.interval.longest=10"))
        .contains("sync.interval.from = 3")
        .contains("sync.interval.coefficient = 0 ", "expected a number greater than 0")
        .contains("sync.interval.longest = 10", "more than cluster.sync-every = 10");
    assertThat(mistake("", "sync.optimizer-state=reset", "training.optimizer=adam"))
        .contains("sync.optimizer-state = \"reset\"", "as training.optimizer = adam");
    assertThat(
            mistake(
                "", "sync.optimizer-state=reset", "training.momentum=0", "cluster.sync-every=1"))
        .contains("as training.momentum = 0", "as rounds of one batch (cluster.sync-every = 1)");
    assertThat(mistake("", "sync.outer.momentum=0.5", "sync.outer.learning-rate=0.7"))
        .contains("expected 0, as sync.outer.optimizer = none")
        .contains("expected 1, as sync.outer.optimizer = none");
    assertThat(mistake("", "sync.outer.optimizer=nesterov"))
        .contains("sync.outer.momentum = 0 ", "greater than 0, as sync.outer.optimizer = nesterov");
    assertThat(mistake("", "sync.statistics.batches=8", "model.batch-norm.statistics=running"))
        .contains("sync.statistics.batches = 8", "as model.batch-norm.statistics = running");
    assertThat(mistake("", "sync.statistics.batches=8", "model.batch-norm.momentum=0"))
        .contains("as model.batch-norm.momentum = 0");
    assertThat(mistake("", "sync.final-model.rule=mean"))
        .contains("sync.statistics.batches = 0", "as sync.final-model.rule = mean");
  }
}
