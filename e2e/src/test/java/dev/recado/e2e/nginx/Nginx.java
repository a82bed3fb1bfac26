package dev.recado.e2e.nginx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Project;
import dev.recado.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A private nginx with the project's configuration; only the files in {@code place/} are written
 * anew. It keeps everything in its own folder and runs as whoever runs the test.
 */
public final class Nginx implements AutoCloseable {
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/local/bin/nginx"));

  private final Path folder;
  private final int port = FreePort.next();
  private final Process process;

  private Nginx(Path parent, URI web, String hosts) throws IOException {
    folder = Files.createTempDirectory(parent, "nginx-");
    copy(Project.root().resolve("nginx"), folder.resolve("conf"));
    var place = folder.resolve("conf/place");
    Files.writeString(place.resolve("listen.conf"), listen(port));
    Files.writeString(place.resolve("upstream.conf"), upstream(web));
    Files.writeString(place.resolve("hosts.conf"), "include hosts/" + hosts + ".conf;");
    process = run().redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  /** Starts it before this web; skips the test where there is no nginx. */
  public static Nginx before(URI web, Path parent) {
    return before(web, parent, "any");
  }

  /** The same, as on a machine that it is meant for alone: only loopback's names are served. */
  static Nginx onLoopbackBefore(URI web, Path parent) {
    return before(web, parent, "loopback");
  }

  private static Nginx before(URI web, Path parent, String hosts) {
    assumeTrue(program().isPresent(), "nginx is not installed");
    try {
      var nginx = new Nginx(parent, web, hosts);
      await("nginx answers")
          .atMost(Duration.ofSeconds(10))
          .failFast("nginx ended", () -> !nginx.process.isAlive())
          .until(() -> new ApiClient(nginx.uri()).answers("/", 200));
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code nginx -t} says about the configuration as it is running. */
  String check() {
    try {
      var check = run("-t").redirectErrorStream(true).start();
      return new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets one address ask so often from now on: {@code 1r/m} is next to never. */
  public void allow(String rate) {
    try {
      var limits = folder.resolve("conf/limits.conf");
      Files.writeString(
          limits, Files.readString(limits).replaceFirst("rate=\\S+;", "rate=" + rate + ";"));
      run("-s", "reload").redirectOutput(ProcessBuilder.Redirect.DISCARD).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public ApiClient client() {
    return new ApiClient(uri());
  }

  /** What its processes have open. */
  List<OpenFiles.OpenFile> openFiles() throws IOException {
    var files = new ArrayList<OpenFiles.OpenFile>();
    for (var worker : process.descendants().toList()) {
      files.addAll(OpenFiles.of(worker.pid()));
    }
    return files;
  }

  /** Its access log and what it complained about. */
  String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
  }

  private ProcessBuilder run(String... options) {
    var conf = folder.resolve("conf/nginx.conf");
    var command = new ArrayList<>(List.of(program().orElseThrow().toString(), "-e", "stderr"));
    command.addAll(List.of("-p", folder + "/", "-c", conf.toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      // else its workers would be nobody, who may not look into a test's folder
      command.addAll(List.of("-g", "user root;"));
    }
    command.addAll(List.of(options));
    return new ProcessBuilder(command);
  }

  private Path log() {
    return folder.resolve("nginx.log");
  }

  private static String listen(int port) {
    var page = Project.root().resolve("demo-frontend");
    return "listen 127.0.0.1:" + port + ";\nroot " + page + ";";
  }

  private static String upstream(URI web) {
    return "upstream web { server " + web.getAuthority() + "; keepalive 8; }";
  }

  private static Optional<Path> program() {
    return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
