package dev.recado.web.access;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Others can reach web, and there is no token to tell operators by: there are none. */
final class NoAccess implements OperatorAccess {
  @Override
  public boolean isServedTo(HttpServletRequest request) {
    return false;
  }

  @Override
  public boolean asksForToken() {
    return true;
  }

  @Override
  public boolean isLoggedIn(HttpServletRequest request) {
    return false;
  }

  @Override
  public Optional<String> logIn(HttpServletRequest request, String token) {
    throw Problems.nothingHere().asException();
  }

  @Override
  public void admit(HttpServletRequest request) {
    throw Problems.nothingHere().asException();
  }
}
