package dev.recado.web;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The names of models have slashes, and OpenAI's SDKs write them as {@code %2F} in {@code GET
 * /v1/models/{name}}. Jetty refuses such a path, as two readers may read it in two ways. Of this
 * one path it is told the slash itself, as nginx would have told it, and holds the result to all
 * its rules. Whatever else has a {@code %2F} stays as it came, and is refused.
 */
final class PlainModelNames implements HttpConfiguration.Customizer {
  private static final String MODELS = "/v1/models/";
  private static final Pattern SLASH = Pattern.compile("%2[Ff]");

  private static final Pattern NAME = Pattern.compile("\\w[\\w.:@~+/-]*");

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    var path = request.getHttpURI().getPath();
    return path != null && path.startsWith(MODELS) && path.contains("%")
        ? withPlainName(request, path.substring(MODELS.length()))
        : request;
  }

  private static Request withPlainName(Request request, String written) {
    var name = SLASH.matcher(written).replaceAll("/");
    // No other escape, and no part that begins with a dot: nothing leads out of the models.
    return NAME.matcher(name).matches() && !name.contains("/.")
        ? Request.serveAs(
            request, HttpURI.build(request.getHttpURI()).path(MODELS + name).asImmutable())
        : request;
  }
}
