package org.stylemining.data;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files under a scheme of their own, which only code that asks Hadoop for its files can read.
 */
public final class ElsewhereFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("elsewhere:///");
  }

  @Override
  public String getScheme() {
    return "elsewhere";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .map(ElsewhereFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  /** The local statuses look up permissions by the path as a local file. */
  private static FileStatus plain(FileStatus local) {
    return new FileStatus(
        local.getLen(),
        local.isDirectory(),
        1,
        1 << 20,
        local.getModificationTime(),
        local.getPath());
  }

  static Configuration configuration() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.elsewhere.impl", ElsewhereFileSystem.class.getName());
    return hadoop;
  }
}
