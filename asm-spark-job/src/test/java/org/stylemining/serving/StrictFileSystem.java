package org.stylemining.serving;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files that, as in HDFS, are not renamed onto a file that is there. */
public final class StrictFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("strict:///");
  }

  @Override
  public String getScheme() {
    return "strict";
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .map(StrictFileSystem::plain)
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
    hadoop.set("fs.strict.impl", StrictFileSystem.class.getName());
    return hadoop;
  }
}
