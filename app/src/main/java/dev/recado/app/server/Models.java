package dev.recado.app.server;

import static dev.recado.config.Variable.MODEL_URL;

import dev.recado.config.ModelSettings;
import dev.recado.config.Problem;
import dev.recado.config.Secret;
import dev.recado.config.Settings;
import dev.recado.config.SettingsException;
import dev.recado.worker.model.EchoModel;
import dev.recado.worker.model.ModelClient;
import dev.recado.worker.model.ModelServer;
import dev.recado.worker.model.OpenAiCompatibleClient;
import java.util.List;

/** Makes the model client that the settings ask for. */
public final class Models {
  private Models() {}

  /**
   * A client with this many connections.
   *
   * @throws SettingsException if the server's URL cannot be called
   */
  public static ModelClient client(Settings settings, int connections) {
    return switch (settings.model()) {
      case ModelSettings.Echo _ -> new EchoModel();
      case ModelSettings.Server server ->
          new OpenAiCompatibleClient(at(server, connections).silentFor(settings.modelSilence()));
    };
  }

  /** Who runs the models, in OpenTelemetry's word for those that have one, else their host. */
  static String provider(ModelSettings model) {
    return switch (model) {
      case ModelSettings.Echo _ -> EchoModel.NAME;
      case ModelSettings.Server server -> provider(String.valueOf(server.baseUrl().getHost()));
    };
  }

  private static String provider(String host) {
    return switch (host) {
      case "api.openai.com" -> "openai";
      case "api.anthropic.com" -> "anthropic";
      case "api.mistral.ai" -> "mistral_ai";
      case "api.groq.com" -> "groq";
      case "api.deepseek.com" -> "deepseek";
      case "api.perplexity.ai" -> "perplexity";
      case "router.huggingface.co" -> "hugging_face";
      default -> host;
    };
  }

  private static ModelServer at(ModelSettings.Server server, int connections) {
    var key = server.key().map(Secret::reveal).orElse(null);
    try {
      return ModelServer.at(server.baseUrl().toString(), key, server.name(), connections);
    } catch (IllegalArgumentException unusable) {
      // A port beyond all ports, for instance: a URL to one who reads it, and not to one who calls.
      throw new SettingsException(
          List.of(new Problem(MODEL_URL.name(), "can not be called", "look at host and port")));
    }
  }
}
