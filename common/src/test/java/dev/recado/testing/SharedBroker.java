package dev.recado.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests a broker that all of them share: it is started by the first and ends after the last.
 * A test that breaks the broker takes a {@link PrivateBroker} of its own.
 */
public final class SharedBroker implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(SharedBroker.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TestBroker.class.isAssignableFrom(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return context
        .getRoot()
        .getStore(OURS)
        .computeIfAbsent(
            type,
            wanted ->
                wanted == ContainerBroker.class
                    ? ContainerBroker.started()
                    : PrivateBroker.started());
  }
}
