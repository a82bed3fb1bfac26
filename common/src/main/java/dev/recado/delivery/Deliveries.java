package dev.recado.delivery;

import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events that are to be told by webhook, each a row that is there as soon as its job has ended:
 * it is written in the same transaction. A delivery is made at least once; its id stays the same
 * however often it is sent.
 *
 * <p>Thread-safe; calls block. Every method may throw {@link
 * dev.recado.store.StoreUnavailableException}.
 */
public interface Deliveries {

  /** What is, or was, to be told about a job. */
  List<Delivery> of(Tenant tenant, JobId job);

  /**
   * Has a delivery sent again, now and with all its tries, whatever came of it.
   *
   * @return the delivery; empty if the job has none of this id, or was erased
   */
  Optional<Delivery> replay(Tenant tenant, JobId job, String id);

  /**
   * Those who have something coming to them now: scheme, host and port, the longest overdue first.
   *
   * @param atMost how many receivers are wanted
   */
  List<String> dueReceivers(int atMost);

  /**
   * Takes due deliveries, each under a new attempt number. Nobody else is given them for as long as
   * the lease lasts; one that is not settled by then is due again.
   *
   * @param room how many to take, by receiver
   */
  List<ClaimedDelivery> claim(Map<String, Integer> room, Duration lease);

  /**
   * Records how an attempt ended.
   *
   * @return false if it no longer counts: the delivery was taken over, replayed or erased meanwhile
   */
  boolean settle(ClaimedDelivery delivery, Attempt attempt, Verdict verdict);
}
