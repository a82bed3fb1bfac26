package dev.recado.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who can reach the program when nobody has told it anything. */
@Tag("process")
class ClosedByDefaultTest {
  private static final String LISTENS = "0A";

  @RegisterExtension final Harness harness = new Harness();

  @Test
  @EnabledOnOs(OS.LINUX)
  void it_listens_on_loopback_alone() throws IOException {
    var up = harness.up(Map.of());

    assertThat(listeningOn(up.uri().getPort()))
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void the_store_is_its_owner_s_alone() throws IOException {
    var up = harness.up(Map.of());
    up.client().submit("nobody else's");

    try (var files = Files.list(harness.folder())) {
      var store = files.filter(file -> file.getFileName().toString().startsWith("recado.db"));
      assertThat(store)
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(Files.getPosixFilePermissions(file))
                  .allMatch(right -> right.name().startsWith("OWNER")));
    }
  }

  /** The kernel's own list: local address and state are its second and fourth columns. */
  private static List<InetAddress> listeningOn(int port) throws IOException {
    var suffix = ":%04X".formatted(port);
    return Stream.concat(
            Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
            Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns[1].endsWith(suffix) && columns[3].equals(LISTENS))
        .map(columns -> address(columns[1].split(":", 2)[0]))
        .toList();
  }

  /** Words of four bytes, each the wrong way round. */
  private static InetAddress address(String words) {
    var bytes = HexFormat.of().parseHex(words);
    var turned = new byte[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      turned[i] = bytes[i / 4 * 4 + 3 - i % 4];
    }
    try {
      return InetAddress.getByAddress(turned);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
