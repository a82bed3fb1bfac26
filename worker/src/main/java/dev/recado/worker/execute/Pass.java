package dev.recado.worker.execute;

import java.time.Duration;

/** What the gate says to a claimed job. */
sealed interface Pass {

  /** The model may be asked, and the gate wants to hear how it went. */
  record Go(String model, Why why) implements Pass {}

  /** The model is not to be asked now. */
  record PutOff(Duration delay) implements Pass {}

  /** Why a call may be made. */
  enum Why {
    /** It is the job's first, and all is well; or it was a probe, and its answer has begun. */
    FIRST,
    /** The job has failed before, and the budget allows another call. */
    AGAIN,
    /** To see whether a model that has failed is back. */
    PROBE
  }
}
