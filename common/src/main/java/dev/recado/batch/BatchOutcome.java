package dev.recado.batch;

/** What became of a batch that was filled. */
public sealed interface BatchOutcome {
  /** It is in, whole. */
  record Accepted(Batch batch) implements BatchOutcome {}

  /** Its key had been accepted before, with this batch; the new one is dropped. */
  record Repeated(Batch batch) implements BatchOutcome {}

  /** Its key stands for another wish; the new one is dropped. */
  record KeyReused() implements BatchOutcome {}

  /** It was filled so slowly that it was taken for abandoned. */
  record Abandoned() implements BatchOutcome {}
}
