package dev.recado.web.access;

import dev.recado.config.AccessSettings;
import dev.recado.config.Host;
import dev.recado.web.input.JsonMediaType;
import dev.recado.web.problem.Problems;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;

/**
 * Who may see everything and steer it: whoever knows the token; where there is none, whoever sits
 * at this machine. Thread-safe.
 */
public sealed interface OperatorAccess permits TokenAccess, LocalAccess {

  /**
   * What fits these settings; nothing where others can reach web and there is no token to tell
   * operators by: there are none.
   */
  static Optional<OperatorAccess> of(AccessSettings settings, Host listen, Clock clock) {
    if (settings.adminToken().isPresent()) {
      return Optional.of(new TokenAccess(settings.adminToken().get(), clock));
    }
    return listen.isLoopback() ? Optional.of(new LocalAccess()) : Optional.empty();
  }

  /** Whether there is a console for whoever sends this. */
  boolean isServedTo(HttpServletRequest request);

  /** Whether operators have to log in. */
  boolean asksForToken();

  /** Whether this comes from a page whose user has logged in, or does not have to. */
  boolean isLoggedIn(HttpServletRequest request);

  /**
   * Compares a token with the operators'.
   *
   * @return the session that is open from now on; none where there is nothing to log in to
   */
  Optional<String> logIn(HttpServletRequest request, String token);

  /** Throws the problem unless this comes from an operator. */
  void admit(HttpServletRequest request);

  /** What everybody may ask for where there is a console; elsewhere there is nothing. */
  default Handler toAnybody(Handler handler) {
    return context -> {
      if (!isServedTo(context.req())) {
        throw Problems.nothingHere().asException();
      }
      handler.handle(context);
    };
  }

  /** What operators alone may ask for. */
  default Handler toOperators(Handler handler) {
    return toAnybody(context -> {
      admit(context.req());
      // What a form of somebody else's page can send is of another kind.
      if (context.req().getContentType() != null) {
        JsonMediaType.require(context.req());
      }
      handler.handle(context);
    });
  }
}
