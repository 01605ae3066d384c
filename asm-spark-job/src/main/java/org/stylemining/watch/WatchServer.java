package org.stylemining.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.report.LiveRun;
import org.stylemining.report.RunFolder;

/**
 * Gives out the live page of one run. It reads the run's folder when a page asks, and not more
 * often than it was told to, however many pages are open; where none is, it does nothing.
 *
 * <p>There are no paths but the page's own, and nothing is found by a name that a reader gives. On
 * a loopback address only those who name one are answered, so that no page of another site can read
 * along under a name of its own.
 */
public final class WatchServer implements AutoCloseable {
  /** Where the page is, unless something else is told or the port is taken. */
  public static final int PORT = 6106;

  private static final Logger LOG = LoggerFactory.getLogger(WatchServer.class);
  private static final int THREADS = 4;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  private final LiveRun run;
  private final WatchOptions options;
  private final HttpServer server;
  private final ExecutorService threads;
  private final String page;
  private final String script;
  private String state;
  private long readAt;

  private WatchServer(RunFolder folder, WatchOptions options, HttpServer server) {
    this.run = new LiveRun(folder, new LeaseSigns());
    this.options = options;
    this.server = server;
    this.page = LiveRun.page(options.every().toMillis() / 1000.0);
    this.script = LiveRun.script();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "live view");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Starts to give out a run's page.
   *
   * @param folder of the run, which need not be there yet
   * @throws UserMistake where the host is none of this machine's or the port is taken
   */
  public static WatchServer start(RunFolder folder, WatchOptions options) throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(options.host());
    } catch (UnknownHostException e) {
      throw new UserMistake(
          "--host %s: expected a name or an address of this machine, found none of that name"
              .formatted(options.host()),
          e);
    }
    return new WatchServer(folder, options, bind(address, options));
  }

  private static HttpServer bind(InetAddress address, WatchOptions options) throws IOException {
    // Readers that send or take nothing for so many seconds are let go.
    for (String limit : new String[] {"maxReqTime", "maxRspTime"}) {
      String name = "sun.net.httpserver." + limit;
      if (System.getProperty(name) == null) {
        System.setProperty(name, "60");
      }
    }
    try {
      return HttpServer.create(new InetSocketAddress(address, options.port().orElse(PORT)), 0);
    } catch (BindException e) {
      boolean taken = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
      if (taken && options.port().isEmpty()) {
        return HttpServer.create(new InetSocketAddress(address, 0), 0);
      }
      if (taken) {
        throw new UserMistake(
            "%s %d: this port of %s is taken by another program; choose another one, or 0 for any that is free"
                .formatted(options.portOption(), options.port().getAsInt(), options.host()),
            e);
      }
      throw new UserMistake(
          "--host %s, %s %s: cannot be listened on: %s"
              .formatted(
                  options.host(),
                  options.portOption(),
                  options.port().orElse(PORT),
                  e.getMessage()),
          e);
    } catch (SocketException e) {
      throw new UserMistake(
          "%s %d of %s: cannot be listened on: %s"
              .formatted(
                  options.portOption(),
                  options.port().orElse(PORT),
                  options.host(),
                  e.getMessage()),
          e);
    }
  }

  /** Where the page is, such as {@code http://127.0.0.1:6106/}. */
  public String address() {
    InetAddress bound = server.getAddress().getAddress();
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    if (bound.isAnyLocalAddress()) {
      host = hostName();
    }
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Whether readers of other machines are answered. */
  public boolean isOpen() {
    return !server.getAddress().getAddress().isLoopbackAddress();
  }

  /** What a person is to know: the address, and who can read there. */
  public String announcement() {
    return "live view of "
        + run.place()
        + " at "
        + address()
        + (isOpen()
            ? "\nanybody who reaches this machine can read there: names of files, the configuration's names, pictures of the data"
            : "");
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      if (!isOpen() && !namesLoopback(exchange.getRequestHeaders().getFirst("Host"))) {
        send(exchange, 421, TEXT, "this page is answered under names of this machine alone\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, 405, TEXT, "there is only GET here\n");
      } else {
        get(exchange, exchange.getRequestURI().getPath());
      }
    } catch (IOException e) {
      LOG.debug("a reader is gone", e);
    } catch (RuntimeException e) {
      LOG.warn("a request could not be answered", e);
    }
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    String type = HTML;
    String body;
    try {
      switch (String.valueOf(path)) {
        case "/" -> body = page;
        case "/live.js" -> {
          type = "text/javascript; charset=utf-8";
          body = script;
        }
        case "/state.json" -> {
          type = "application/json";
          body = state();
        }
        case "/styles.html", "/predictions.html" -> {
          String name = path.substring(1, path.length() - ".html".length());
          body = run.fragment(name).orElse("");
        }
        default -> {
          send(exchange, 404, TEXT, "there is no such page\n");
          return;
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read", run.place(), e);
      send(exchange, 503, TEXT, run.place() + " cannot be read now: " + e.getMessage() + "\n");
      return;
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be shown", run.place(), e);
      send(exchange, 500, TEXT, run.place() + " cannot be shown: " + e + "\n");
      return;
    }
    send(exchange, 200, type, body);
  }

  /** What the folder tells, read anew where that was done long enough ago. */
  private synchronized String state() throws IOException {
    long now = System.nanoTime();
    // Pages that ask every so often find something new each time.
    if (state == null || now - readAt >= options.every().toNanos() / 2) {
      state = run.look();
      readAt = System.nanoTime();
    }
    return state;
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    boolean withBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, withBody ? body.length : -1);
    if (withBody) {
      exchange.getResponseBody().write(body);
    }
  }

  /** {@code localhost}, {@code 127.x.y.z} or {@code [::1]}, with or without a port. */
  private static boolean namesLoopback(String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Ends, after what is being answered. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
