package dev.recado.worker.model;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a failed connection means. One call was made, so one failure is reported: none is hidden.
 */
record NetworkFailures(Deadline deadline) {

  /** What it means that no answer began. */
  Refusal before(IOException e, Line line) {
    if (deadline.hasPassed()) {
      return Refusal.LATE;
    }
    if (isUntrusted(e)) {
      return Refusal.UNTRUSTED;
    }
    return switch (e) {
      // Whoever was not asked can not have begun: that call was not paid for.
      case InterruptedIOException timeout ->
          line.wasAsked() ? Refusal.TIMED_OUT : Refusal.OVERLOADED;
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
    return switch (e) {
      case InterruptedIOException timeout -> Refusal.TIMED_OUT;
      // All of it came: the line is not to blame.
      case IOException garbled when isGarbled(garbled) -> Refusal.NONSENSE;
      default -> Refusal.TRUNCATED;
    };
  }

  /** The words for no answer at all. Where HTTP is not spoken, the address may be wrong. */
  static String wordsBefore(IOException e, Line line) {
    if (e instanceof SocketTimeoutException && !line.wasAsked()) {
      return "did not answer in time";
    }
    return words(e) + (e instanceof ProtocolException ? ": check MODEL_URL" : "");
  }

  /** What happened, in words that name neither addresses nor anything the server sent. */
  static String words(IOException e) {
    return isUntrusted(e) ? "has a certificate " + complaint(e) : wordsOfConnection(e);
  }

  private static String complaint(IOException e) {
    if (e instanceof SSLPeerUnverifiedException) {
      return "for another name: check MODEL_URL";
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "that has expired";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "that is not valid yet: check this machine's clock";
      }
    }
    return "that is not trusted: Java knows nobody who vouches for it";
  }

  private static String wordsOfConnection(IOException e) {
    return switch (e) {
      case UnknownHostException unknown -> "was not found: check MODEL_URL and the network";
      case ConnectException refused -> "refused the connection";
      case NoRouteToHostException unreachable -> "cannot be reached";
      case SocketTimeoutException silent ->
          "said nothing for as long as RECADO_MODEL_SILENCE allows";
      case InterruptedIOException late -> "did not answer in time";
      case ProtocolException cut when isEarlyEnd(cut) -> "closed the connection";
      case ProtocolException garbage -> "sent something that is not HTTP";
      case SSLException tls -> "failed to set up encryption: check MODEL_URL";
      case IOException garbled when isGarbled(garbled) -> "sent a body that cannot be decompressed";
      default -> "closed the connection";
    };
  }

  /** OkHttp's words where a body is shorter than its length. */
  private static boolean isEarlyEnd(ProtocolException e) {
    return "unexpected end of stream".equals(e.getMessage());
  }

  /** Whether decompression failed, by its cause or by Okio's words for gzip's marks and sums. */
  private static boolean isGarbled(IOException e) {
    return e.getCause() instanceof DataFormatException
        || String.valueOf(e.getMessage()).contains(": actual 0x");
  }

  private static boolean isUntrusted(IOException e) {
    return e instanceof SSLPeerUnverifiedException
        || (e instanceof SSLException && e.getCause() instanceof CertificateException);
  }
}
