package dev.recado.e2e;

import dev.recado.e2e.RecadoProcess.Role;
import dev.recado.e2e.model.FakeModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Owns a temporary folder and everything a test starts in it: processes, model servers, whatever is
 * handed to {@link #own}. All of it ends with the test, newest first; if the test failed, the logs
 * of the processes are printed. As a static {@code @RegisterExtension} field it lives as long as
 * the test class, as an instance field as long as one test.
 */
public final class Harness
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final List<RecadoProcess> processes = new ArrayList<>();
  private @Nullable Path folder;
  private boolean perClass;

  /** {@code recado up}: everything in one process. */
  public RecadoProcess up(Map<String, String> settings) {
    return start(Role.UP, settings);
  }

  public RecadoProcess web(Map<String, String> settings) {
    return start(Role.WEB, settings);
  }

  public RecadoProcess worker(Map<String, String> settings) {
    return start(Role.WORKER, settings);
  }

  /** A model server on a free port; {@link FakeModel#url()} is its MODEL_URL. */
  public FakeModel model() {
    return own(FakeModel.start());
  }

  /** The test's own folder. */
  public Path folder() {
    if (folder == null) {
      throw new IllegalStateException("a harness must be a @RegisterExtension field");
    }
    return folder;
  }

  /** Closes it when the test ends. */
  public <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /** All processes of one harness share one store, as web and its workers do. */
  private RecadoProcess start(Role role, Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("RECADO_DATABASE_URL", "jdbc:sqlite:" + folder().resolve("recado.db"));
    all.putAll(settings);
    var process = own(RecadoProcess.start(role, all, folder()));
    processes.add(process);
    return process;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    perClass = true;
    open();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!perClass) {
      open();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (context.getExecutionException().isPresent()) {
      printLogs(context.getDisplayName());
    }
    if (!perClass) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    close();
  }

  private void open() {
    try {
      folder = Files.createTempDirectory("recado-e2e-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void printLogs(String test) {
    for (var process : processes) {
      System.out.printf("---- %s: log of %s%n%s%n", test, process.describe(), process.log());
    }
  }

  private void close() throws Exception {
    processes.clear();
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
    delete(folder());
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
