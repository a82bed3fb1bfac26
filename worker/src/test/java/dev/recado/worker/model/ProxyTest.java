package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Completed;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a model server is reached that is not reached directly. */
class ProxyTest {
  private static final String ANSWER =
      """
      {"choices":[{"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}]}
      """;

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @Test
  void the_proxy_that_java_was_told_of_is_asked_in_the_servers_place() throws Exception {
    provider.answers(200, ANSWER);
    var usual = ProxySelector.getDefault();
    ProxySelector.setDefault(new Through(provider.server().getProxyAddress()));
    try {
      assertThat(ask("http://model.test/v1")).isInstanceOf(Completed.class);
    } finally {
      ProxySelector.setDefault(usual);
    }

    assertThat(provider.server().takeRequest().getRequestLine())
        .startsWith("POST http://model.test/v1/chat/completions ");
  }

  private static ModelAnswer ask(String url) {
    try (var client = new OpenAiCompatibleClient(ModelServer.at(url, null, "default-model", 1))) {
      var call = client.call(FakeProvider.request(Duration.ofSeconds(20)));
      return call.await(TextListener.DEAF);
    }
  }

  /** As with {@code -Dhttp.proxyHost}. */
  private static final class Through extends ProxySelector {
    private final Proxy proxy;

    Through(Proxy proxy) {
      this.proxy = proxy;
    }

    @Override
    public List<Proxy> select(URI server) {
      return List.of(proxy);
    }

    @Override
    public void connectFailed(URI server, SocketAddress address, IOException e) {
      throw new AssertionError(e);
    }
  }
}
