// How things stand, in words: what explains most first. A pure function of what the server told.
import { age, bytes, compact, duration, number, percent } from './format.js';
import { say } from './words.js';

const lately = 5;
const failingShare = 0.1;
const behind = 60;
const littleDisk = 1e9;

/** [{kind, level, words, code?}], what explains most first; level is 'bad', 'warn' or 'good'. Never empty. */
export function verdict(overview, minutes = []) {
  const found = [paused, nobody, failing, broker, disk, late].map(look => look(overview, minutes)).filter(Boolean);
  return found.length ? found : [healthy(overview, minutes)];
}

function nobody({ workers, queue }) {
  return workers.length === 0 && { kind: 'nobody', level: 'bad', words: say.verdict.nobody(waiting(queue)) };
}

function paused({ paused_since: since, queue, at }) {
  const words = () => say.verdict.paused(duration(Math.max(0, Date.parse(at) - Date.parse(since))), number(queue.queued));
  return since && { kind: 'paused', level: 'warn', words: words() };
}

function failing(overview, minutes) {
  const { bad, ended, reason } = recent(minutes);
  if (!bad || bad / ended < failingShare) return null;
  return { kind: 'failing', level: 'bad', code: reason, words: say.verdict.failing(percent(bad / ended), lately, reason, say.because[reason]) };
}

/** What ended in the last minutes, how much of it badly, and why most of that did. */
function recent(minutes) {
  const sum = (map, into) => Object.entries(map).forEach(([name, count]) => (into[name] = (into[name] ?? 0) + count));
  const ended = {};
  const reasons = {};
  for (const minute of minutes.slice(-lately)) {
    sum(minute.ended, ended);
    sum(minute.errors, reasons);
  }
  const { succeeded = 0, failed = 0, expired = 0 } = ended;
  if (expired) reasons.deadline_exceeded = Math.max(reasons.deadline_exceeded ?? 0, expired);
  const [reason] = Object.entries(reasons).sort(([, left], [, right]) => right - left)[0] ?? [];
  return { bad: failed + expired, ended: succeeded + failed + expired, reason };
}

function broker({ broker: { connected, blocked } }) {
  if (!connected) return { kind: 'broker', level: 'warn', words: say.verdict.brokerGone };
  return blocked && { kind: 'blocked', level: 'warn', words: say.verdict.brokerBlocked };
}

function disk({ store }) {
  return store.free_bytes != null && store.free_bytes < littleDisk && { kind: 'disk', level: 'warn', words: say.verdict.disk(bytes(store.free_bytes)) };
}

function late({ queue, workers, paused_since: since }) {
  if (since || !workers.length || !(queue.oldest_age_seconds > behind)) return null;
  const full = workers.every(worker => worker.busy >= worker.slots);
  return { kind: 'late', level: 'warn', words: say.verdict.late(waiting(queue), full) };
}

function healthy({ queue, workers }, minutes) {
  const { bad } = recent(minutes);
  return { kind: 'healthy', level: 'good', words: say.verdict.healthy(waiting(queue), workers.length, bad && say.verdict.someFailed(number(bad), lately)) };
}

function waiting({ queued, oldest_age_seconds: oldest }) {
  return say.verdict.waiting(compact(queued), queued && oldest != null ? age(oldest) : null);
}
