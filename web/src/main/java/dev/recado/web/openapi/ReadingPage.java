package dev.recado.web.openapi;

import dev.recado.web.problem.ProblemForm;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The description as a page: no script, no font, nothing from elsewhere. */
final class ReadingPage {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final StringBuilder html = new StringBuilder(40_000);

  private ReadingPage() {}

  static byte[] of(ApiDescription api) {
    var page = new ReadingPage();
    page.write(api);
    return page.html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(ApiDescription api) {
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Recado: the HTTP interface</title>
        <link rel="stylesheet" href="/docs/style.css">
        </head>
        <body>
        <main>
        <h1>Recado: the HTTP interface</h1>
        <p>The same for programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
        """);
    api.operations().forEach(this::write);
    writeRefusals();
    html.append("<h2>Schemas</h2>\n");
    Schemas.all()
        .forEachEntry((name, schema) -> {
          html.append("<h3 id=\"").append(name).append("\">").append(name).append("</h3>\n<pre>");
          html.append(text(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema)));
          html.append("</pre>\n");
        });
    html.append("</main>\n</body>\n</html>\n");
  }

  private void write(Operation operation) {
    html.append("<section>\n<h2><code>").append(operation.method()).append(' ');
    html.append(text(operation.path())).append("</code></h2>\n<p>");
    html.append(text(operation.summary())).append("</p>\n<dl>\n");
    operation.inPath().forEach(name -> row(name, null, "in the path"));
    operation
        .parameters()
        .forEach(parameter -> row(parameter.name(), parameter.schema(), parameter.description()));
    operation
        .bodies()
        .forEach(body -> row("reads", body.schema(), body.mediaType() + " " + body.description()));
    operation.answers().forEach(this::write);
    html.append("</dl>\n</section>\n");
  }

  private void writeRefusals() {
    html.append("<section>\n<h2>Any request may be refused</h2>\n<dl>\n");
    Refusal.all().stream()
        .flatMap(refusal -> refusal.in(ProblemForm.PROBLEM_DOCUMENT).stream())
        .forEach(this::write);
    html.append("</dl>\n</section>\n");
  }

  private void write(Answer answer) {
    var headers = String.join(", ", answer.headers());
    var tells = headers.isEmpty() ? "" : " Headers: " + headers + ".";
    row(answer.status(), answer.schema(), answer.description() + tells);
  }

  private void row(String term, @Nullable String schema, String description) {
    html.append("<dt><code>").append(text(term)).append("</code></dt><dd>");
    html.append(text(description));
    if (schema != null) {
      html.append(" <a href=\"#").append(schema).append("\">").append(schema).append("</a>");
    }
    html.append("</dd>\n");
  }

  private static String text(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
