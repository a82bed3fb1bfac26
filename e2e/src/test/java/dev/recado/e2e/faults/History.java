package dev.recado.e2e.faults;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a run.
 *
 * @param attempts the client's log
 * @param before the store when the load ended
 * @param jobs the store after the queue has drained
 * @param calls the model server's log: how often each prompt was asked
 * @param strikes when the fault struck
 * @param deaths how many workers died or were taken for dead
 * @param furtherCalls how many calls of one prompt the fault made futile
 * @param integrity SQLite's word on the store's file
 */
record History(
    List<Attempt> attempts,
    List<StoredJob> before,
    List<StoredJob> jobs,
    Map<String, Integer> calls,
    List<Instant> strikes,
    int deaths,
    int furtherCalls,
    String integrity) {

  List<Attempt> acknowledged() {
    return attempts.stream().filter(Attempt::acknowledged).toList();
  }
}
