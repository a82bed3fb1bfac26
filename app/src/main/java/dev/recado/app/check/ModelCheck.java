package dev.recado.app.check;

import dev.recado.app.check.Finding.Fine;
import dev.recado.app.check.Finding.Trouble;
import dev.recado.config.ModelSettings;
import dev.recado.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether the model server answers and serves the model. It asks for the list of models, which
 * costs nothing and, with many servers, needs no token: only a job shows that a token works.
 *
 * @param server the server
 * @param baseUrl its base URL as calls use it
 */
public record ModelCheck(ModelSettings.Server server, String baseUrl) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Asks. */
  public Finding run() throws InterruptedException {
    // Not HTTP/2: some servers take the offer to change over for a request they do not know.
    var http = HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();
    try {
      // The client's own patience ends where the body begins.
      var answer =
          http.sendAsync(request(), BodyHandlers.ofString())
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return judge(answer.statusCode(), answer.body());
    } catch (ExecutionException e) {
      return silent(e.getCause());
    } catch (TimeoutException e) {
      return silent(e);
    } finally {
      http.shutdownNow();
    }
  }

  private Trouble silent(@Nullable Throwable cause) {
    var why = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
    return new Trouble(baseUrl + " does not answer" + why);
  }

  private HttpRequest request() {
    var request = HttpRequest.newBuilder(URI.create(baseUrl + "/models")).timeout(PATIENCE);
    server
        .key()
        .map(Secret::reveal)
        .ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request.build();
  }

  private Finding judge(int status, String body) {
    return switch (status) {
      case 200 -> findModel(body);
      case 401, 403 -> new Trouble(baseUrl + " refuses the token (HTTP " + status + ")");
      // Not every server has such a list.
      case 404, 405 -> new Fine(baseUrl + " answers, but does not say which models it serves");
      default -> new Trouble(baseUrl + " answers with HTTP " + status);
    };
  }

  private Finding findModel(String body) {
    try {
      var models = JsonMapper.shared().readTree(body).path("data");
      for (var model : models) {
        if (model.path("id").asString("").equals(withoutProvider())) {
          return new Fine(baseUrl + " serves " + server.name());
        }
      }
      return new Trouble(
          baseUrl + " does not list " + server.name() + " among its " + models.size() + " models");
    } catch (JacksonException notJson) {
      return new Trouble(baseUrl + " answers with something that is no list of models");
    }
  }

  /** HuggingFace's names may end in {@code :provider}, which its list does not have. */
  private String withoutProvider() {
    var hub = server.baseUrl().getHost().endsWith("huggingface.co");
    return hub ? server.name().replaceFirst(":[^:]*$", "") : server.name();
  }
}
