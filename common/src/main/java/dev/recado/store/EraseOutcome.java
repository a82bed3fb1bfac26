package dev.recado.store;

/** What became of the wish to erase a job's texts. */
public enum EraseOutcome {
  /** Input and output are gone, by this call or by an earlier one. */
  ERASED,
  /** The job has not finished yet. */
  STILL_LIVE,
  /** There is no such job. */
  UNKNOWN
}
