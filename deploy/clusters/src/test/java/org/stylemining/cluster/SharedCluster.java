package org.stylemining.cluster;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * A cluster that all tests of a run share: started by the first that asks, ended after the last.
 */
public interface SharedCluster extends CloseableResource {
  /** Its processes. */
  List<Daemon> daemons();

  /** The cluster of a kind, started where there is none yet. */
  static <T extends CloseableResource> T of(
      Class<T> kind, ExtensionContext context, Callable<T> start) {
    return store(context)
        .getOrComputeIfAbsent(
            kind,
            key -> {
              try {
                return start.call();
              } catch (Exception e) {
                throw new ParameterResolutionException(
                    "could not start " + kind.getSimpleName(), e);
              }
            },
            kind);
  }

  /** The cluster of a kind where there is one; null where there is none. */
  static <T extends CloseableResource> T started(Class<T> kind, ExtensionContext context) {
    return store(context).get(kind, kind);
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(Namespace.create(SharedCluster.class));
  }
}
