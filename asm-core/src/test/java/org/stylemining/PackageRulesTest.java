package org.stylemining;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.stylemining.config.UserMistake;

/** Dependencies between packages point one way; docs/architecture.md draws them. */
@AnalyzeClasses(packages = "org.stylemining", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

  /** A package may use those before it, never those after it. */
  private static final List<String> ORDER =
      List.of(
          "config",
          "image",
          "dataset",
          "data",
          "score",
          "provenance",
          "inspection",
          "comparison",
          "embedding",
          "report",
          "tensorboard",
          "nn",
          "style",
          "task",
          "mining",
          "weights",
          "adapt",
          "pretrain",
          "bench");

  @ArchTest
  static void aPackageUsesOnlyThoseBeforeIt(JavaClasses production) {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(packageOf(ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packagesOf(ORDER.subList(i + 1, ORDER.size())))
          .allowEmptyShould(true)
          .because("the order of packages is " + ORDER)
          .check(production);
    }
  }

  @ArchTest
  static final ArchRule everyPackageHasItsPlaceInTheOrder =
      classes().should().resideInAnyPackage(packagesOf(ORDER));

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.stylemining.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule neitherSparkNorItsTrainers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.deeplearning4j..", "scala..")
          .because("the core runs in one JVM without a cluster");

  @ArchTest
  static final ArchRule plugInsNeedLittle =
      classes()
          .that()
          .resideInAPackage(packageOf("dataset"))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      packageOf("dataset"),
                      packageOf("image"),
                      "org.apache.hadoop.fs..",
                      "org.apache.hadoop.conf..")
                  .or(type(UserMistake.class)))
          .because("what a plug-in is compiled against is kept stable");

  private static String[] packagesOf(List<String> names) {
    return names.stream().map(PackageRulesTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String name) {
    return "org.stylemining." + name + "..";
  }
}
