package dev.recado.web.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /console} and what lies below it: the operators' page, and the library that draws its
 * charts. Its files are read when the first of them is asked for, as most starts never see an
 * operator. Thread-safe.
 */
public final class ServeConsole implements Handler {
  /** Where it is asked for. */
  public static final String PATH = "/console";

  private static final String FOLDER = "/console";
  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  private @Nullable Map<String, ServeFile> files;

  @Override
  public void handle(Context context) {
    var file = files().get(context.path());
    if (file == null) {
      throw new NotFoundResponse();
    }
    file.handle(context);
  }

  private synchronized Map<String, ServeFile> files() {
    if (files == null) {
      files = read();
    }
    return files;
  }

  private static Map<String, ServeFile> read() {
    var files = new HashMap<String, ServeFile>();
    for (var file : Page.onClassPath(ServeConsole.class, FOLDER).files()) {
      files.put(PATH + file.path(), new ServeFile(file));
    }
    var start = Objects.requireNonNull(files.get(PATH + "/index.html"));
    files.put(PATH, start);
    files.put(PATH + "/", start);
    var charts = PageFile.onClassPath(ServeConsole.class, CHARTS, PATH + "/vendor/chart.js");
    files.put(charts.path(), new ServeFile(charts));
    return Map.copyOf(files);
  }
}
