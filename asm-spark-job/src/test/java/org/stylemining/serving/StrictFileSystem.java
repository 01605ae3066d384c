package org.stylemining.serving;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.LocalFilesElsewhere;

/** Local files that, as in HDFS, are not renamed onto a file that is there. */
public final class StrictFileSystem extends LocalFilesElsewhere {
  private static final String SCHEME = "strict";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  static Configuration configuration() {
    return configuration(SCHEME, StrictFileSystem.class);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }
}
