package dev.recado.web.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where pages come from. */
class PageSourceTest {
  @Test
  void hidden_and_unknown_files_stay_out(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("index.html"), "<p>");
    Files.writeString(folder.resolve(".secret.txt"), "s");
    Files.writeString(folder.resolve("notes.md"), "n");
    Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("c.js"), "c");
    Files.writeString(Files.createDirectories(folder.resolve(".git")).resolve("d.js"), "d");
    assertThat(Page.inFolder(folder).paths()).containsExactlyInAnyOrder("/index.html", "/a/b/c.js");
  }

  @Test
  void a_folder_without_a_start_page_is_refused(@TempDir Path folder) {
    assertThatThrownBy(() -> Page.inFolder(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index.html");
  }

  @Test
  void a_page_may_lie_in_a_jar(@TempDir Path folder) throws Exception {
    var jar = folder.resolve("page.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (var name : new String[] {"page/index.html", "page/js/app.js", "elsewhere/no.js"}) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      var page = Page.beside(requireNonNull(loader.getResource("page/index.html")));
      assertThat(page.paths()).containsExactlyInAnyOrder("/index.html", "/js/app.js");
    }
  }
}
