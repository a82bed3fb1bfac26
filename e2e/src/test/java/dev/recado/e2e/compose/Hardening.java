package dev.recado.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What holds for every container that goes on running. */
final class Hardening {
  private Hardening() {}

  /** Of a container as the engine describes it. */
  static void check(JsonNode container) {
    var host = container.get("HostConfig");
    assertThat(container.at("/Config/User").asString()).isNotIn("", "0", "root");
    assertThat(host.get("ReadonlyRootfs").asBoolean()).isTrue();
    assertThat(texts(host.get("CapDrop"))).containsExactly("ALL");
    assertThat(host.get("CapAdd").isNull()).isTrue();
    assertThat(texts(host.get("SecurityOpt"))).contains("no-new-privileges:true");
    assertThat(host.get("Memory").asLong()).isPositive();
    assertThat(host.get("PidsLimit").asLong()).isPositive();
    assertThat(host.at("/LogConfig/Config/max-size").asString()).isNotBlank();
    for (var bindings : container.at("/NetworkSettings/Ports")) {
      bindings.forEach(
          binding -> assertThat(binding.get("HostIp").asString()).isEqualTo("127.0.0.1"));
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
