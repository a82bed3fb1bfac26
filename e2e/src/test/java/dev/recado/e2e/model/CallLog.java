package dev.recado.e2e.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the model server was asked. Thread-safe. */
final class CallLog {
  private final Map<String, Integer> byPrompt = new ConcurrentHashMap<>();
  private final Map<String, Integer> refusedByPrompt = new ConcurrentHashMap<>();
  private final Map<String, Instant> lastByPrompt = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger maxOpen = new AtomicInteger();
  private final Map<String, Instant> abandonedByPrompt = new ConcurrentHashMap<>();
  private final AtomicInteger abandoned = new AtomicInteger();

  /** Notes a call and returns how many this prompt has had, this one included. */
  int begin(String prompt) {
    maxOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    lastByPrompt.put(prompt, Instant.now());
    return byPrompt.merge(prompt, 1, Integer::sum);
  }

  void end() {
    open.decrementAndGet();
  }

  void refuse(String prompt) {
    refusedByPrompt.merge(prompt, 1, Integer::sum);
  }

  void abandon(String prompt) {
    abandonedByPrompt.put(prompt, Instant.now());
    abandoned.incrementAndGet();
  }

  int open() {
    return open.get();
  }

  int maxOpen() {
    return maxOpen.get();
  }

  int abandoned() {
    return abandoned.get();
  }

  /** When the last call of a prompt that was asked began. */
  Instant last(String prompt) {
    return lastByPrompt.getOrDefault(prompt, Instant.MAX);
  }

  /** When the client hung up on a call of this prompt. */
  Optional<Instant> abandoned(String prompt) {
    return Optional.ofNullable(abandonedByPrompt.get(prompt));
  }

  Map<String, Integer> byPrompt() {
    return Map.copyOf(byPrompt);
  }

  Map<String, Integer> refusedByPrompt() {
    return Map.copyOf(refusedByPrompt);
  }
}
