package dev.recado.web.page;

import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the files of a page are asked for. */
public final class PageRoutes {
  private static final String START = "/index.html";

  private PageRoutes() {}

  /** A handler per path; the start page has two. */
  public static Map<String, Handler> of(Page page) {
    var routes = new LinkedHashMap<String, Handler>();
    for (var file : page.files()) {
      routes.put(file.path(), new ServeFile(file));
      if (file.path().equals(START)) {
        routes.put("/", new ServeFile(file));
      }
    }
    return routes;
  }
}
