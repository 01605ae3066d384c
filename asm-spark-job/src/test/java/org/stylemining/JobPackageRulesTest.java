package org.stylemining;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What holds for the job's packages, seen together with the core's. */
@AnalyzeClasses(packages = "org.stylemining", importOptions = DoNotIncludeTests.class)
class JobPackageRulesTest {

  @ArchTest
  static final ArchRule dl4jStaysBehindTheTrainingPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.stylemining.training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.deeplearning4j..")
          .allowEmptyShould(true)
          .because("its Spark module is no longer maintained and must stay replaceable");

  @ArchTest
  static final ArchRule roundsAreNoBarrierStages =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.rdd.RDDBarrier")
          .because(
              "one lost executor aborts a barrier stage, and its driver does not end by itself");

  @ArchTest
  static final ArchRule aRunIsWatchedWithoutSparkOrTensors =
      noClasses()
          .that()
          .resideInAPackage("org.stylemining.watch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.nd4j..")
          .because("whoever watches reads the run's folder alone");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.stylemining.(**)").should().beFreeOfCycles().allowEmptyShould(true);
}
