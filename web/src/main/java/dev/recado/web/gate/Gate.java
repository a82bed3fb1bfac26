package dev.recado.web.gate;

import dev.recado.web.answer.RequestIds;
import dev.recado.web.answer.SecurityHeaders;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Stands before every handler. */
public final class Gate implements Handler {
  private static final Set<HandlerType> SAFE =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final ServedHosts hosts;

  /** Lets in what comes under these names. */
  public Gate(ServedHosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public void handle(Context context) {
    var request = context.req();
    var response = context.res();
    response.setHeader(RequestIds.HEADER, RequestIds.of(request.getHeader(RequestIds.HEADER)));
    SecurityHeaders.forApi().forEach(response::setHeader);
    admit(context.method(), request);
  }

  private void admit(HandlerType method, HttpServletRequest request) {
    if (!hosts.include(request.getServerName())) {
      throw Problems.misdirected().asException();
    }
    if (!SAFE.contains(method) && Origins.isForeign(request)) {
      throw Problems.crossSite().asException();
    }
  }
}
