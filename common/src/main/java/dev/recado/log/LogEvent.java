package dev.recado.log;

import static org.slf4j.event.Level.DEBUG;
import static org.slf4j.event.Level.ERROR;
import static org.slf4j.event.Level.INFO;
import static org.slf4j.event.Level.WARN;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The list of events. Names and fields are part of the interface: operators search for them, and
 * docs/observability.md lists them. A sentence names its fields in braces; fields after it are for
 * machines alone.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are
public enum LogEvent {
  // ---- a job ----
  JOB_ACCEPTED(DEBUG, "{job_id} accepted", "characters"),
  JOB_CLAIMED(DEBUG, "{job_id} attempt {attempt}: claimed"),
  JOB_SUCCEEDED(DEBUG, "{job_id} succeeded", "attempt"),
  JOB_FAILED(INFO, "{job_id} failed: {code} ({reason})", "attempt", "provider_status"),
  JOB_RETRIED(INFO, "{job_id} again at {until}: {code}", "attempt", "provider_status"),
  JOB_PUT_OFF(DEBUG, "{job_id} put off to {until}", "attempt"),
  JOB_HANDED_BACK(INFO, "{job_id} handed back", "attempt"),
  JOB_EXPIRED(INFO, "{job_id} expired while it ran", "attempt"),
  JOB_FENCED(INFO, "{job_id} attempt {attempt}: fenced, the result is dropped"),
  JOBS_EXPIRED(INFO, "{count} jobs expired"),
  ATTEMPT_MISTAKE(ERROR, "{job_id} attempt {attempt}: ended by a mistake ({reason})"),
  OUTCOME_WAITS(
      WARN, "{job_id} attempt {attempt}: cannot store the outcome, trying again: {reason}"),
  OUTCOME_MISTAKE(ERROR, "{job_id} attempt {attempt}: cannot store the outcome"),
  OUTCOME_MISTAKE_AGAIN(ERROR, "{job_id} attempt {attempt}: nor that it has none"),
  OUTCOME_LEFT(
      WARN, "{job_id} attempt {attempt}: the outcome could not be stored, it will run again"),
  OUTPUT_WAITS(DEBUG, "Cannot store what running jobs say, trying again: {reason}"),
  OUTPUT_LOST(ERROR, "Cannot store what {count} running jobs say"),

  // ---- a worker and its model ----
  WORKER_STARTED(INFO, "Worker {worker}: {slots} slots, model at {model}"),
  WORKER_DRAINING(INFO, "Stopping: {count} jobs still run, waiting up to {seconds} s"),
  WORKER_LOST(
      WARN, "Workers were lost: {requeued} jobs queued again, {failed} failed as worker_lost"),
  WORKER_DIED(WARN, "The process of {worker} has ended, with a lease until {until}"),
  WORKER_RENAMED(
      WARN, "The lease of {worker} had lapsed: its jobs are left to others; it goes on as {next}"),
  WORKER_HEARTBEAT_FAILED(WARN, "No heartbeat, trying again: {reason}"),
  CLAIM_FAILED(WARN, "Cannot claim jobs, trying again: {reason}"),
  CLAIM_MISTAKE(ERROR, "Looking for jobs failed, trying again"),
  MODEL_LOST(WARN, "{model} does not answer ({code}): its jobs wait in the queue"),
  MODEL_BACK(INFO, "{model} answers again, after {seconds} s: its jobs go on"),
  MODEL_REFUSES_ALL(ERROR, "Jobs will fail until this is put right: {reason}", "code"),
  ALIVE_FILE_FAILED(WARN, "Cannot touch the alive file: {reason}"),

  // ---- the broker ----
  BROKER_LOST(WARN, "{link}: {broker} is away ({reason}); trying until it is back"),
  BROKER_BACK(WARN, "{link}: connected to {broker}"),
  BROKER_CONNECTED(DEBUG, "{link}: connected to {broker}"),
  BROKER_LINK_LOST(DEBUG, "{link}: {broker} is away ({reason}); trying until it is back"),
  BROKER_TROUBLE(DEBUG, "{link}: no connection"),
  BROKER_CONNECTION_BROKE(DEBUG, "A connection broke"),
  BROKER_UNASKED(WARN, "{problem}: {reason}"),
  RINGS_DROPPED(INFO, "{count} messages were dropped while too many waited for the broker"),
  MESSAGE_UNREADABLE(
      WARN, "A message of {bytes} bytes in {queue} is {reason}; moving it to {dead_queue}"),
  LISTENER_FAILED(WARN, "A listener failed on {job_event}"),

  // ---- the store ----
  STORE_UNAVAILABLE(WARN, "The store is unavailable: {reason}"),
  STORE_MISTAKE(ERROR, "A write to the job store failed by a mistake"),
  STORE_FULL(ERROR, "The store's disk has {megabytes} MB left: nothing more is accepted"),
  STORE_HAS_ROOM(INFO, "The store's disk has {megabytes} MB left: jobs are accepted again"),
  STORE_DAMAGED(ERROR, "Ending at once: {reason}"),
  STORE_WRITER_LOST(ERROR, "Ending at once: {reason}"),
  STORE_EXAMINED(INFO, "The job store was examined in {seconds} s"),
  STORE_NOT_EXAMINED(WARN, "The job store was not examined: {reason}"),
  STORE_EXAMINATION_OVER(DEBUG, "The examination had ended"),
  STORE_LOAD_UNKNOWN(DEBUG, "The store's load cannot be read"),
  STORE_LOAD_MISTAKE(ERROR, "Looking at the store's load failed, trying again"),
  STORE_STATISTICS_WAIT(DEBUG, "The statistics cannot be written"),
  STORE_LOG_LONG(
      WARN,
      "{file} is longer than {megabytes} MB: somebody has been reading from the store for long,"
          + " perhaps a backup. It grows until they end"),
  STORE_LOG_SHORT(INFO, "{file} is short again"),
  STORE_LOG_KEPT(WARN, "The job store's log was not emptied: {reason}"),
  SWEEP_FAILED(WARN, "Sweeping failed, trying again in {seconds} s: {reason}"),
  CLOCK_CONTRADICTED(
      WARN,
      "{worker} lives, and its lease has lapsed by this clock: one of two clocks is wrong. This"
          + " process sweeps no more until they agree"),
  LEASE_ENDED(
      WARN,
      "{worker} has not been heard of for twice its lease, which lasts until {until} by a clock"
          + " that was set back since: it is taken for lost"),
  CLOCK_SET(
      WARN,
      "The clock was set; it is now {seconds} s off. Leases are looked at again in a few seconds,"
          + " and nothing is erased while it is off by more than {minutes} min since the start"),

  // ---- web ----
  REQUEST_FAILED(ERROR, "Request {request_id} failed"),
  CLIENT_GONE(DEBUG, "Request {request_id} was not waited for"),
  STREAM_GONE(DEBUG, "Stream {request_id} was not read on"),
  BATCH_RESULTS_GONE(DEBUG, "The results of batch {batch_id} were not waited for"),
  REQUESTS_BROKEN_OFF(
      WARN, "Stopping: what still ran after {seconds} s of being waited for is broken off"),
  CONNECTIONS_FULL(
      WARN, "{count} connections are open, which is the most: others wait until one ends"),

  // ---- webhooks ----
  WEBHOOK_DELIVERED(DEBUG, "Webhook {delivery_id} was delivered"),
  WEBHOOK_RETRIED(DEBUG, "Webhook {delivery_id} is tried again at {until}: {reason}"),
  WEBHOOK_GIVEN_UP(WARN, "Webhook {delivery_id} to {receiver} was given up: {reason}"),
  WEBHOOK_UNWANTED(INFO, "Webhook {delivery_id} is not wanted by {receiver}"),
  WEBHOOK_UNRECORDED(WARN, "Webhook {delivery_id} has to be sent again: {reason}"),
  WEBHOOK_MISTAKE(ERROR, "Webhook {delivery_id} was not sent"),
  WEBHOOKS_UNREADABLE(WARN, "The outbox of webhooks cannot be read, trying again: {reason}"),
  WEBHOOKS_MISTAKE(ERROR, "Sending webhooks failed, trying again"),
  WEBHOOKS_LEFT(INFO, "Webhooks are still being sent; they are sent again after the next start"),
  WEBHOOKS_STOPPED(DEBUG, "No more webhooks are sent"),

  // ---- the process ----
  PROCESS_READY(INFO, "{greeting}"),
  PROCESS_STOPPING(INFO, "{signal}: stopping, within {seconds} s; a second signal ends it at once"),
  PROCESS_STOPPED(INFO, "Stopped"),
  PART_MISTAKE(ERROR, "{part} failed by a mistake, going on"),
  PART_STOPPED(DEBUG, "Stopped {part} in {ms} ms"),
  PART_STOP_FAILED(WARN, "Stopping {part} failed"),
  STOP_TOO_SLOW(WARN, "Not stopped within {seconds} s: {parts}"),
  METRICS_GAP(DEBUG, "A reading for the metrics failed"),
  TRACES_TROUBLE(WARN, "Traces: {reason}");

  private final Level level;
  private final String wireName;
  private final Sentence sentence;
  private final List<String> fields;

  LogEvent(Level level, String sentence, String... forMachines) {
    this.level = level;
    this.wireName = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    this.sentence = Sentence.of(sentence);
    this.fields = Stream.concat(this.sentence.fields().stream(), Stream.of(forMachines)).toList();
  }

  /** Its stable name, such as {@code job.retried}. */
  public String wireName() {
    return wireName;
  }

  /** How loud it is. */
  public Level level() {
    return level;
  }

  /** What it tells, in the order in which it is told. */
  public List<String> fields() {
    return fields;
  }

  String sentence(@Nullable Object[] values) {
    return sentence.with(values);
  }
}
