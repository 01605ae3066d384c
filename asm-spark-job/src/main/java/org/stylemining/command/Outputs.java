package org.stylemining.command;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunStart;

/** Folders and files that commands leave behind. */
final class Outputs {
  private Outputs() {}

  /**
   * The folder that {@code --out} names, made where it is missing.
   *
   * @throws UserMistake where nothing can be written into it
   */
  static RunFolder folder(String out, Configuration hadoop) throws IOException {
    return folder("--out", out, hadoop);
  }

  /** The same for an option of another name. */
  static RunFolder folder(String option, String out, Configuration hadoop) throws IOException {
    RunFolder folder;
    try {
      folder = RunFolder.at(out, hadoop);
    } catch (IllegalArgumentException | IOException e) {
      throw new UserMistake(option + " " + out + ": expected a folder: " + e.getMessage(), e);
    }
    RunStart.requireWritable(option, folder);
    return folder;
  }

  /** Writes a file, over one that is there. */
  static void write(FileSystem files, Path file, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(bytes);
    }
  }
}
