package org.stylemining.data;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
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

  static Configuration configuration() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.elsewhere.impl", ElsewhereFileSystem.class.getName());
    return hadoop;
  }
}
