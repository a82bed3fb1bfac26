package dev.recado.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.HttpInput;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;

/**
 * What a client still sends of a request that is refused already. A connection that is closed while
 * bytes arrive is reset, and a reset can take the answer away before the client has read it (RFC
 * 9112, section 9.6); so what comes is received for a while, and thrown away. For one thread.
 */
final class UnreadBody {
  private static final int CHUNK = 64 << 10;
  private static final int AT_ONCE = 2 * CHUNK;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final ServletContextRequest request;
  private final HttpInput input;

  UnreadBody(HttpServletRequest request) {
    this.request = ServletContextRequest.getServletContextRequest(request);
    // Not the request's own input stream: whoever asks for that gives leave to send.
    this.input = this.request.getHttpInput();
  }

  /** Whether something is left when a little of what is here already has been taken away. */
  boolean isLeft() {
    try {
      if (isIncomplete() && !isHeldBack()) {
        takeWhatIsHere();
      }
      return isIncomplete();
    } catch (IOException | HttpException.RuntimeException broken) {
      return true;
    }
  }

  private void takeWhatIsHere() throws IOException {
    var chunk = new byte[CHUNK];
    for (var taken = 0; taken < AT_ONCE && input.available() > 0; ) {
      taken += Math.max(0, input.read(chunk));
    }
  }

  private boolean isIncomplete() {
    var length = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    return length >= 0
        ? input.getContentConsumed() < length
        : request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) && !input.isFinished();
  }

  /** The client said that it sends when it is asked to, and does so; it will not be asked. */
  private boolean isHeldBack() {
    return request.getHeaders().contains(HttpHeader.EXPECT)
        && input.getContentConsumed() == 0
        && input.available() == 0;
  }

  /** Receives the rest, for some seconds at most. Nothing can follow on this connection. */
  void discard() {
    if (isHeldBack()) {
      return;
    }
    endPoint().setIdleTimeout(LONGEST_SILENCE.toMillis());
    var chunk = new byte[CHUNK];
    var end = System.nanoTime() + LONGEST.toNanos();
    try {
      while (input.read(chunk) >= 0 && System.nanoTime() - end < 0) {}
    } catch (IOException | HttpException.RuntimeException broken) {
      // Then there is no rest.
    }
  }

  private EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
