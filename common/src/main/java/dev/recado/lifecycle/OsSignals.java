package dev.recado.lifecycle;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * The JDK's {@code sun.misc.Signal}. It is reached by reflection because the compiler's warning
 * about it can be neither suppressed nor, with all warnings being errors, tolerated.
 */
final class OsSignals {
  private OsSignals() {}

  /**
   * Hands every signal of this name, from now on, to the action: it gets the signal's number. The
   * JVM leaves one that the process was started to ignore as it is.
   */
  static void handle(String name, IntConsumer action) {
    try {
      var signalClass = Class.forName("sun.misc.Signal");
      var handlerClass = Class.forName("sun.misc.SignalHandler");
      var signal = signalClass.getConstructor(String.class).newInstance(name);
      var number = (int) signalClass.getMethod("getNumber").invoke(signal);
      var handler =
          Proxy.newProxyInstance(
              handlerClass.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) -> {
                action.accept(number);
                return null;
              });
      signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java can not hear SIG" + name, e);
    }
  }

  /** The same for a signal that not every system has. */
  static void handleWhereKnown(String name, IntConsumer action) {
    try {
      handle(name, action);
    } catch (IllegalStateException unknown) {
      // then nobody sends it
    }
  }
}
