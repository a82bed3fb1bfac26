package dev.recado.worker.execute;

import dev.recado.worker.model.TextListener;

/**
 * A call that the gate has let through and hears of: when its answer begins, and when it ends. For
 * the thread that awaits the answer.
 */
final class PassedCall {
  private final ModelGate gate;
  private Pass.Go pass;

  PassedCall(ModelGate gate, Pass.Go pass) {
    this.gate = gate;
    this.pass = pass;
  }

  /** Hands on what it hears, and tells the gate. */
  TextListener telling(TextListener next) {
    return text -> {
      pass = gate.begun(pass);
      next.hear(text);
    };
  }

  ModelGate.Standing report(CallOutcome outcome) {
    return gate.report(pass, outcome);
  }
}
