package dev.recado.store;

/**
 * How much the store holds, over all tenants.
 *
 * @param accepted jobs ever accepted; never less than before, unless everything was erased
 * @param waiting jobs that wait
 * @param processing jobs in the hands of a worker
 * @param abandoned jobs that expired or were canceled, those that are forgotten as well
 * @param bytes how large the store is
 * @param freeBytes what is left on the store's disk
 */
public record StoreLoad(
    long accepted, Waiting waiting, long processing, long abandoned, long bytes, long freeBytes) {

  /** Jobs that workers have ended. */
  public long finished() {
    return accepted - waiting.total() - processing - abandoned;
  }
}
