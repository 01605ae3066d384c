package org.stylemining;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme of their own. */
public abstract class LocalFilesElsewhere extends RawLocalFileSystem {
  /** Settings with which Hadoop finds such files. */
  protected static Configuration configuration(
      String scheme, Class<? extends LocalFilesElsewhere> files) {
    Configuration hadoop = new Configuration();
    hadoop.set("fs." + scheme + ".impl", files.getName());
    return hadoop;
  }

  @Override
  public URI getUri() {
    return URI.create(getScheme() + ":///");
  }

  @Override
  public abstract String getScheme();

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .map(LocalFilesElsewhere::plain)
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
}
