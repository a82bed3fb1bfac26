package dev.recado.store;

/**
 * How much the store holds, over all tenants.
 *
 * @param accepted jobs ever accepted; never less than before, unless everything was erased
 * @param waiting jobs that wait
 * @param processing jobs in the hands of a worker
 * @param expired jobs that expired and are still remembered
 * @param freeBytes what is left on the store's disk
 */
public record StoreLoad(
    long accepted, Waiting waiting, long processing, long expired, long freeBytes) {

  /** Jobs that have ended, other than by their deadline. */
  public long finished() {
    return accepted - waiting.total() - processing - expired;
  }
}
