package dev.recado.web.input;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * A handler that is told everything by its path and headers. A body that comes all the same is
 * received before the handler acts, and passed over: Jetty would else close the connection while it
 * arrives, and the answer to something that was done could be lost.
 */
public record Bodiless(Handler next) implements Handler {
  @Override
  public void handle(Context context) throws Exception {
    Body.skip(context.req());
    next.handle(context);
  }
}
