package dev.recado.store;

/**
 * How much the store holds, over all tenants.
 *
 * @param accepted jobs ever accepted; never less than before, unless everything was erased
 * @param queued jobs that wait
 * @param processing jobs in the hands of a worker
 * @param expired jobs that expired and are still remembered
 * @param freeBytes what is left on the store's disk
 */
public record StoreLoad(long accepted, long queued, long processing, long expired, long freeBytes) {

  /** Jobs that have ended, other than by their deadline. */
  public long finished() {
    return accepted - queued - processing - expired;
  }
}
