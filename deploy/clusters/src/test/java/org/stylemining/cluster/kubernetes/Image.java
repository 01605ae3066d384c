package org.stylemining.cluster.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.stylemining.cluster.Distribution;

/**
 * The image for processors, as far as it can be had without a container runtime: the folders that
 * the build copies, and what the Dockerfile says of processes.
 *
 * @param folder the image's /opt/asm
 * @param dockerfile the last stage
 */
record Image(Path folder, Dockerfile dockerfile) {
  /** Lays the distribution out as the build of the image does. */
  static Image layOut(Path layers) throws IOException, InterruptedException {
    Path docker = Distribution.folder().resolve("docker");
    Tools.run(
        docker.resolve("lay-out").toString(), Distribution.folder().toString(), layers.toString());
    Path folder = Files.createDirectory(layers.resolve("image"));
    // One layer over the other, as COPY does.
    for (Dockerfile.Instruction copy :
        Dockerfile.read(docker.resolve("Dockerfile.cpu")).image().all("COPY")) {
      String layer = copy.arguments().replaceFirst(".*/layers/(\\w+)/ /opt/asm/$", "$1");
      Tools.run("cp", "-al", layers.resolve(layer) + "/.", folder.toString());
    }
    return new Image(folder, Dockerfile.read(docker.resolve("Dockerfile.cpu")).image());
  }

  Map<String, String> environment() {
    return dockerfile.environment();
  }

  List<String> entrypoint() {
    return dockerfile.last("ENTRYPOINT").words();
  }

  String workFolder() {
    return dockerfile.last("WORKDIR").arguments();
  }

  int user() {
    return Integer.parseInt(dockerfile.last("USER").arguments().split(":")[0]);
  }

  int group() {
    return Integer.parseInt(dockerfile.last("USER").arguments().split(":")[1]);
  }
}
