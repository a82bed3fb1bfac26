package dev.recado.web.webhook;

import dev.recado.delivery.ClaimedDelivery;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Carries one delivery to its receiver, once: no redirect is followed, no proxy is used, and
 * nothing is repeated behind the schedule's back. Thread-safe.
 */
final class Courier implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String RETRY_AFTER = "Retry-After";
  private static final String ASIDE = "Recado-Retry-After";
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private final Signer signer;
  private final Clock clock;
  private final GuardedNames names;
  private final OkHttpClient http;

  Courier(Signer signer, Reach reach, Pace pace, Dns dns, Clock clock) {
    this.signer = signer;
    this.clock = clock;
    this.names = new GuardedNames(dns, reach, pace.call().dividedBy(3), pace.most());
    this.http = client(names, reach, pace);
  }

  static OkHttpClient client(Dns names, Reach reach, Pace pace) {
    return new OkHttpClient.Builder()
        .dns(names)
        .socketFactory(new GuardedSockets(reach))
        // Else the environment could name a proxy, and the proxy would look names up by itself.
        .proxy(Proxy.NO_PROXY)
        .addNetworkInterceptor(Courier::setAdviceAside)
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .fastFallback(false)
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectTimeout(pace.call().dividedBy(3))
        .callTimeout(pace.call())
        // Unset, either would be ten seconds, and a shorter end than the call's.
        .readTimeout(pace.call())
        .writeTimeout(pace.call())
        .connectionPool(new ConnectionPool(pace.most(), KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
        .build();
  }

  /**
   * OkHttp repeats a request answered 503 with {@code Retry-After: 0}, whatever its other settings
   * say, and stumbles over a number there that is larger than an int. It reads headers that it does
   * not let itself be given: what the receiver has put there must not cost its answer.
   */
  private static Response setAdviceAside(Interceptor.Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    var advice = response.header(RETRY_AFTER);
    if (advice == null) {
      return response;
    }
    var headers = response.headers().newBuilder().removeAll(RETRY_AFTER).removeAll(ASIDE);
    return response.newBuilder().headers(headers.addUnsafeNonAscii(ASIDE, advice).build()).build();
  }

  Reply carry(ClaimedDelivery delivery, byte[] payload) {
    var url = HttpUrl.parse(delivery.url());
    if (url == null) {
      return new Reply.Silence("is no URL that can be called");
    }
    // The answer's body is nobody's business: it is not read.
    try (var response = http.newCall(request(url, delivery.id(), payload)).execute()) {
      return new Reply.Answered(response.code(), retryAfter(response));
    } catch (IOException e) {
      return new Reply.Silence(words(e));
    }
  }

  private Request request(HttpUrl url, String id, byte[] payload) {
    var now = clock.instant();
    return new Request.Builder()
        .url(url)
        .header("User-Agent", "Recado-Webhooks/1")
        .header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
        .header("webhook-signature", signer.sign(id, now, payload))
        .post(RequestBody.create(payload, JSON))
        .build();
  }

  private Duration retryAfter(Response response) {
    var header = response.header(ASIDE);
    if (header == null) {
      return Duration.ZERO;
    }
    if (header.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(header));
    }
    var until = response.headers().getInstant(ASIDE);
    return until == null ? Duration.ZERO : fromNow(until);
  }

  private Duration fromNow(Instant until) {
    var wait = Duration.between(clock.instant(), until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** What happened, in words that name no address and nothing the receiver sent. */
  private static String words(IOException e) {
    return switch (e) {
      case PrivateAddressException forbidden -> "leads to a private address";
      case UnknownHostException unknown -> "was not found";
      case ConnectException refused -> "refused the connection";
      case NoRouteToHostException unreachable -> "cannot be reached";
      case InterruptedIOException late -> "did not answer in time";
      case ProtocolException garbage -> "answered with something that is not HTTP";
      case SSLPeerUnverifiedException misnamed -> "has a certificate for another name";
      case SSLException tls -> complaint(tls);
      default -> "closed the connection";
    };
  }

  private static String complaint(SSLException e) {
    return switch (e.getCause()) {
      case CertificateException certificate when isOutOfTime(certificate) ->
          "has a certificate that has expired or is not valid yet";
      case CertificateException certificate -> "has a certificate that is not trusted";
      case null, default -> "failed to set up encryption";
    };
  }

  private static boolean isOutOfTime(Throwable e) {
    return e instanceof CertificateExpiredException
        || e instanceof CertificateNotYetValidException
        || (e.getCause() != null && isOutOfTime(e.getCause()));
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    names.close();
  }
}
