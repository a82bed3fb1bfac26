package dev.recado.worker.execute;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.OutputChunk;
import dev.recado.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings what running attempts say to the store, that of all of them together, and tells of it. One
 * thread of its own, so that a slow store holds up no model's answer: meanwhile the texts wait, in
 * bounds. Best effort: an outcome never depends on it. Thread-safe.
 */
final class OutputRelay implements AutoCloseable {
  private static final Log log = Log.of(OutputRelay.class);
  private static final Duration WHILE_STORE_IS_AWAY = Duration.ofSeconds(1);
  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(1);

  private final JobStore store;
  private final JobEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Set<LiveText> waiting = new LinkedHashSet<>();
  private final Thread thread = Thread.ofPlatform().name("outputs").unstarted(this::run);

  /** Brings it there, and tells of it there, once it is started. */
  OutputRelay(JobStore store, JobEvents events) {
    this.store = store;
    this.events = events;
  }

  void start() {
    thread.start();
  }

  /** Takes what this attempt says until it is closed. */
  LiveText of(ClaimedJob job) {
    return new LiveText(job, this);
  }

  void hasNews(LiveText text) {
    lock.lock();
    try {
      waiting.add(text);
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  void forget(LiveText text) {
    lock.lock();
    try {
      waiting.remove(text);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        bringWhateverHappens();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  // Errors too: without this thread no running job would be heard any more, and nothing would tell.
  private void bringWhateverHappens() throws InterruptedException {
    try {
      keep(fetch(awaitReady()));
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.PART_MISTAKE, thread.getName());
      Thread.sleep(AFTER_MISTAKE);
    }
  }

  /** The texts to fetch, once one of them has waited long enough. */
  private List<LiveText> awaitReady() throws InterruptedException {
    while (true) {
      var texts = awaitAny();
      var now = System.nanoTime();
      var first = texts.stream().mapToLong(text -> text.ripeAt() - now).min().orElse(0);
      if (first <= 0) {
        return texts.stream().filter(text -> text.isReady(now)).toList();
      }
      TimeUnit.NANOSECONDS.sleep(first);
    }
  }

  // A copy: a text has a lock of its own, which is taken before ours.
  private List<LiveText> awaitAny() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        something.await();
      }
      return new ArrayList<>(waiting);
    } finally {
      lock.unlock();
    }
  }

  // Forgotten before it is fetched: what it says from now on makes it wait again.
  private Map<LiveText, OutputChunk> fetch(List<LiveText> texts) {
    var chunks = new LinkedHashMap<LiveText, OutputChunk>();
    for (var text : texts) {
      forget(text);
      text.fetch().ifPresent(chunk -> chunks.put(text, chunk));
    }
    return chunks;
  }

  private void keep(Map<LiveText, OutputChunk> chunks) throws InterruptedException {
    if (chunks.isEmpty()) {
      return;
    }
    var kept = append(List.copyOf(chunks.values()));
    for (var text : chunks.keySet()) {
      var job = text.job();
      if (kept.contains(job.id())) {
        events.publish(new JobEvent.OutputGrew(job.id(), job.attempt()));
      } else {
        text.close();
      }
    }
  }

  private Set<JobId> append(List<OutputChunk> chunks) throws InterruptedException {
    while (true) {
      try {
        return store.append(chunks);
      } catch (StoreUnavailableException e) {
        log.tell(LogEvent.OUTPUT_WAITS, e.getMessage());
        Thread.sleep(WHILE_STORE_IS_AWAY);
      } catch (RuntimeException | Error mistake) {
        log.tellWhy(mistake, LogEvent.OUTPUT_LOST, chunks.size());
        return Set.of();
      }
    }
  }

  /** Brings nothing more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
