package dev.recado.app;

import dev.recado.config.ModelSettings;
import dev.recado.config.Secret;
import dev.recado.worker.model.EchoModel;
import dev.recado.worker.model.ModelClient;
import dev.recado.worker.model.ModelServer;
import dev.recado.worker.model.OpenAiCompatibleClient;

/** Makes the model client that the settings ask for. */
final class Models {
  private Models() {}

  static ModelClient client(ModelSettings model, int connections) {
    return switch (model) {
      case ModelSettings.Echo _ -> new EchoModel();
      case ModelSettings.Server server -> new OpenAiCompatibleClient(at(server, connections));
    };
  }

  private static ModelServer at(ModelSettings.Server server, int connections) {
    var key = server.key().map(Secret::reveal).orElse(null);
    return ModelServer.at(server.baseUrl().toString(), key, server.name(), connections);
  }
}
