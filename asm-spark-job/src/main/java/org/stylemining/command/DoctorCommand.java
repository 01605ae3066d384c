package org.stylemining.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.stylemining.config.UserMistake;
import org.stylemining.doctor.Backend;
import org.stylemining.doctor.Diagnosis;
import org.stylemining.doctor.Doctor;
import org.stylemining.doctor.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Checks that this machine and build compute rightly: tells what they are, one fact a line, and what to do where a check fails."
    },
    exitCodeList = {"0:every check passed", "1:one failed", "2:--gpu with a build for processors"},
    footer = "  bin/asm doctor",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Option(names = "--gpu", description = "Demands the build for GPUs, and checks every GPU.")
  private boolean gpu;

  @Option(names = "--json", description = "The same as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (gpu && !Backend.onClassPath().equals(Optional.of(Backend.CUDA))) {
      throw new UserMistake(
          "--gpu: this build computes on processors (nd4j-native); expected the one for GPUs (nd4j-cuda). Build it with mvn -B -Pcuda -DskipTests package and run deploy/local/target/asm-VERSION/bin/asm doctor --gpu, or from a checkout: ASM_PROFILE=cuda bin/asm doctor --gpu");
    }
    Diagnosis diagnosis = Doctor.examine(Surroundings.here(), SparkRun.hadoop());
    System.out.print(json ? diagnosis.toJson() : diagnosis.toText());
    return diagnosis.passed() ? 0 : 1;
  }
}
