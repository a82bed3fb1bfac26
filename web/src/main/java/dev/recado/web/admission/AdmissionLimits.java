package dev.recado.web.admission;

/**
 * How much is taken in.
 *
 * @param queued jobs in the queue
 * @param freeBytes what must stay free on the store's disk, so that what was accepted can be
 *     finished
 * @param committingBytes text of submits that wait for their commit, in memory
 */
public record AdmissionLimits(long queued, long freeBytes, long committingBytes) {
  /** More than the store's writer ever has before it, unless the disk stands still. */
  private static final long COMMITTING_BYTES = 64 << 20;

  /** With these two, which are the operator's to choose. */
  public AdmissionLimits(long queued, long freeBytes) {
    this(queued, freeBytes, COMMITTING_BYTES);
  }
}
