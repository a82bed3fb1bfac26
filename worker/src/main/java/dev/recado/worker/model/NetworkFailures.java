package dev.recado.worker.model;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a failed connection means. One call was made, so one failure is reported: none is hidden.
 */
record NetworkFailures(Deadline deadline) {

  /** What it means that no answer began. */
  Refusal before(IOException e) {
    if (deadline.hasPassed()) {
      return Refusal.LATE;
    }
    if (isUntrusted(e)) {
      return Refusal.UNTRUSTED;
    }
    return switch (e) {
      case InterruptedIOException timeout -> Refusal.TIMED_OUT;
      // Something else than HTTP speaks there.
      case ProtocolException garbage -> Refusal.NONSENSE;
      default -> Refusal.OVERLOADED;
    };
  }

  /** What it means that an answer broke off. */
  Refusal midway(IOException e) {
    if (deadline.hasPassed()) {
      return Refusal.LATE;
    }
    return e instanceof InterruptedIOException ? Refusal.TIMED_OUT : Refusal.TRUNCATED;
  }

  /** What happened, in words that name neither addresses nor anything the server sent. */
  static String words(IOException e) {
    if (isUntrusted(e)) {
      return "has a certificate that is not trusted";
    }
    return switch (e) {
      case UnknownHostException unknown -> "was not found: check MODEL_URL and the network";
      case ConnectException refused -> "refused the connection";
      case NoRouteToHostException unreachable -> "cannot be reached";
      case SocketTimeoutException silent -> "did not answer in time";
      case InterruptedIOException late -> "did not answer in time";
      case ProtocolException garbage -> "sent something that is not HTTP";
      case SSLException tls -> "failed to set up encryption";
      default -> "closed the connection";
    };
  }

  private static boolean isUntrusted(IOException e) {
    return e instanceof SSLPeerUnverifiedException
        || (e instanceof SSLException && e.getCause() instanceof CertificateException);
  }
}
