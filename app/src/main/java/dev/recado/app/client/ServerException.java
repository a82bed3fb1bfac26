package dev.recado.app.client;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The server did not do what it was asked. */
public abstract sealed class ServerException extends Exception {
  private static final long serialVersionUID = 1L;

  private ServerException(String message) {
    super(message);
  }

  /** Nobody answers there. */
  public static final class Unreachable extends ServerException {
    private static final long serialVersionUID = 1L;

    Unreachable(URI base, Exception cause) {
      super("no server answers at " + base + "; start one with: recado up");
      initCause(cause);
    }

    /** Whether nobody has taken the connection, so that nothing was asked of anybody. */
    public boolean isRefused() {
      return getCause() instanceof ConnectException;
    }
  }

  /** The server, or a proxy before it, says that it cannot tell now and may later. */
  public static final class Busy extends ServerException {
    private static final long serialVersionUID = 1L;

    private final Duration comeAgain;

    Busy(int status, ObjectNode body, Duration comeAgain) {
      super("the server is busy (HTTP " + status + "): " + reason(body));
      this.comeAgain = comeAgain;
    }

    /** After how long it is worth asking again; zero if the server does not say. */
    public Duration comeAgain() {
      return comeAgain;
    }

    static boolean is(int status) {
      return status == 429 || status == 502 || status == 503 || status == 504;
    }
  }

  /** Somebody answers, but it is not Recado. */
  public static final class Foreign extends ServerException {
    private static final long serialVersionUID = 1L;

    Foreign(URI base, int status) {
      super("what answers at " + base + " is not Recado (HTTP " + status + ", no JSON)");
    }
  }

  /** The server answers with an error. */
  public static final class Refused extends ServerException {
    private static final long serialVersionUID = 1L;

    Refused(int status, ObjectNode body) {
      super("the server refused (HTTP " + status + "): " + reason(body));
    }
  }

  static String reason(ObjectNode problem) {
    var message = problem.path("error").asString("no reason given");
    var code = problem.path("code").asString("");
    return code.isEmpty() ? message : message + " (" + code + ")";
  }
}
