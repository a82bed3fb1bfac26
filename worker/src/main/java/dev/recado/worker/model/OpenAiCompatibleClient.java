package dev.recado.worker.model;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Any server with OpenAI's chat completions: the HuggingFace router, vLLM, TGI, Ollama, llama.cpp,
 * OpenAI. Every call goes out exactly once: who repeats it, and when, is the worker's decision.
 * Thread-safe.
 */
public final class OpenAiCompatibleClient implements ModelClient {
  private static final String RETRY_AFTER = "Retry-After";
  private static final Pattern LARGE = Pattern.compile("\\d{10,}");
  private static final String LONG = String.valueOf(RetryAdvice.LONGEST.toSeconds());

  private final ModelServer server;
  private final BoundedDns dns;
  private final OkHttpClient http;
  private final ConnectionPools pools;
  private final RequestStyles styles = new RequestStyles();

  /** A client of this server. Nothing is sent yet. */
  public OpenAiCompatibleClient(ModelServer server) {
    this(server, Dns.SYSTEM);
  }

  OpenAiCompatibleClient(ModelServer server, Dns names) {
    this.server = server;
    this.dns = new BoundedDns(names, server.patience().connect());
    this.http = http(server, dns);
    this.pools = new ConnectionPools(http, server.connections());
  }

  private static OkHttpClient http(ModelServer server, BoundedDns dns) {
    return new OkHttpClient.Builder()
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        // Racing several addresses would take a platform thread for each connection.
        .fastFallback(false)
        .dns(dns)
        .proxy(proxy(server))
        .connectionSpecs(encryption(server))
        .socketFactory(new PatientSockets())
        .eventListener(new PromptSockets())
        .addNetworkInterceptor(OpenAiCompatibleClient::boundAdvice)
        .connectTimeout(server.patience().connect())
        .readTimeout(server.patience().silence())
        .writeTimeout(server.patience().silence())
        .build();
  }

  /**
   * Asked for once, as there is one server. OkHttp would ask for each connection, and Java would
   * parse the address and look through its properties. Null where there are several to try.
   */
  private static @Nullable Proxy proxy(ModelServer server) {
    var selector = ProxySelector.getDefault();
    var proxies =
        selector == null ? List.<Proxy>of() : selector.select(server.endpoint().url().uri());
    return proxies.size() == 1 ? proxies.getFirst() : null;
  }

  /**
   * Where nothing is encrypted OkHttp need not ask Java for all that encryption takes, which it
   * otherwise does at once: a fifteenth of a second of each start, and two megabytes.
   */
  private static List<ConnectionSpec> encryption(ModelServer server) {
    return server.endpoint().url().isHttps()
        ? List.of(ConnectionSpec.MODERN_TLS)
        : List.of(ConnectionSpec.CLEARTEXT);
  }

  /**
   * Before it decides not to repeat the request, OkHttp reads the wait that a 503 asks for, and
   * stumbles over a number that is larger than an int.
   */
  private static Response boundAdvice(Interceptor.Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    var advice = response.header(RETRY_AFTER);
    return advice != null && LARGE.matcher(advice).matches()
        ? response.newBuilder().header(RETRY_AFTER, LONG).build()
        : response;
  }

  @Override
  public ModelCall call(ModelRequest request) {
    return new OpenAiCompatibleCall(pools, server, styles, request);
  }

  @Override
  public String defaultModel() {
    return server.defaultModel();
  }

  @Override
  public String describe() {
    return server.endpoint().describe();
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    pools.close();
    dns.close();
  }
}
