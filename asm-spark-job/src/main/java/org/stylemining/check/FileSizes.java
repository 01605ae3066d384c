package org.stylemining.check;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long files are, found by listing their folders: a call for thousands of files. */
final class FileSizes {
  private static final Logger LOG = LoggerFactory.getLogger(FileSizes.class);

  private FileSizes() {}

  /** Bytes by URI; files whose folder cannot be listed, or that are no files, are left out. */
  static Map<String, Long> of(Collection<String> uris, Configuration hadoop) {
    Map<Path, Set<String>> byFolder = new LinkedHashMap<>();
    for (String uri : uris) {
      try {
        byFolder.computeIfAbsent(new Path(uri).getParent(), f -> new LinkedHashSet<>()).add(uri);
      } catch (IllegalArgumentException e) {
        LOG.debug("no path of a file system, so of unknown size: {}", uri, e);
      }
    }
    Map<String, Long> sizes = new HashMap<>();
    byFolder.forEach((folder, files) -> list(folder, files, sizes, hadoop));
    return sizes;
  }

  private static void list(
      Path folder, Set<String> files, Map<String, Long> sizes, Configuration hadoop) {
    if (folder == null) {
      return;
    }
    try {
      RemoteIterator<FileStatus> entries = folder.getFileSystem(hadoop).listStatusIterator(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        String uri = entry.getPath().toString();
        if (files.contains(uri)) {
          sizes.put(uri, entry.getLen());
        }
      }
    } catch (IOException e) {
      // Sizes only balance the work; what cannot be read is found when it is read.
      LOG.debug("of unknown sizes: the files in {}", folder, e);
    }
  }
}
