package dev.recado.web.problem;

import io.javalin.http.HttpStatus;

/** Problems that are known by their HTTP status only: found by the server, before any handler. */
final class HttpProblems {
  private static final int UNAVAILABLE_FOR_SECONDS = 2;

  private HttpProblems() {}

  static Problem of(int status) {
    return switch (status) {
      case 400 -> named(status, "bad_request", "the request is not well-formed HTTP");
      case 404 -> named(status, "not_found", "there is nothing here");
      case 405 -> named(status, "method_not_allowed", "this method is not allowed here");
      case 408 -> Problems.requestTimeout();
      case 414 -> named(status, "uri_too_long", "the address is too long");
      case 431 -> named(status, "headers_too_large", "the headers are too large");
      case 501 -> named(status, "not_implemented", "this is not implemented");
      // Jetty's only reason for it is that the server is about to stop.
      case 503 ->
          named(status, "service_unavailable", "the service is stopping; try again soon")
              .retryAfter(UNAVAILABLE_FOR_SECONDS);
      case 505 ->
          named(status, "http_version_not_supported", "this version of HTTP is not supported");
      default -> status >= 400 && status < 500 ? other(status) : Problems.internalError();
    };
  }

  private static Problem other(int status) {
    var name = HttpStatus.forStatus(status).getMessage();
    return named(status, "bad_request", "the request was refused: " + name);
  }

  private static Problem named(int status, String code, String detail) {
    return Problem.of(status, code, detail);
  }
}
