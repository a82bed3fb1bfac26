package dev.recado.worker.model;

import okhttp3.HttpUrl;

/** The address that calls go to, made from whatever form of base URL people have at hand. */
public record Endpoint(HttpUrl url) {
  private static final String CALL = "/chat/completions";

  /**
   * The endpoint behind a base URL. A bare host gets {@code /v1}; any other path is taken as the
   * base it says it is.
   *
   * @throws IllegalArgumentException if this is no http or https URL
   */
  public static Endpoint at(String base) {
    var url = HttpUrl.parse(base.strip());
    if (url == null) {
      throw new IllegalArgumentException("the model's URL must start with http:// or https://");
    }
    var path = withoutTrailingSlashes(url.encodedPath());
    if (path.isEmpty()) {
      path = "/v1";
    }
    var full = path.endsWith(CALL) ? path : path + CALL;
    return new Endpoint(
        url.newBuilder().username("").password("").fragment(null).encodedPath(full).build());
  }

  /** Host, and port where it is not the usual one: what error messages call the server. */
  String host() {
    var host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  /** The base URL without what may be secret in it: user, password, query. */
  String describe() {
    var path = url.encodedPath();
    return url.scheme() + "://" + host() + path.substring(0, path.length() - CALL.length());
  }

  /** {@link #describe}: what a log may show. */
  @Override
  public String toString() {
    return describe();
  }

  private static String withoutTrailingSlashes(String path) {
    var end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
