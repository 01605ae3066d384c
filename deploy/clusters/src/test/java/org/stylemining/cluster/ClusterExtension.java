package org.stylemining.cluster;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives tests a cluster of one kind, and the local run to compare with, as parameters; both are
 * made once. Where a test fails, the ends of the daemons' logs are shown. To be registered with
 * {@code @RegisterExtension static}.
 *
 * @param <T> kind of cluster
 */
public final class ClusterExtension<T extends SharedCluster>
    implements ParameterResolver, TestWatcher {
  private final Class<T> kind;
  private final Callable<T> start;

  public ClusterExtension(Class<T> kind, Callable<T> start) {
    this.kind = kind;
    this.start = start;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == kind || type == LocalRun.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == kind
        ? SharedCluster.of(kind, context, this::startCluster)
        : SharedCluster.of(LocalRun.class, context, LocalRun::make);
  }

  /** A second time where it does not come up: all tests on it depend on its first minute. */
  private T startCluster() throws Exception {
    try {
      return start.call();
    } catch (AssertionError e) {
      System.err.println("a cluster did not come up and is started once more: " + e.getMessage());
      return start.call();
    }
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    T cluster = SharedCluster.started(kind, context);
    if (cluster != null) {
      System.err.println(context.getDisplayName() + " failed; the cluster's logs end with");
      System.err.println(Daemon.tails(cluster.daemons()));
    }
  }
}
