// Follows one message until it is done. A message is a plain object:
//   id, sentAt, state, text, position, trouble ('offline' | 'busy' | null), while it is answered partial (the answer so far) and place
//   (in its stream), and, once done, answer, model, usage, runMs, error
import * as api from './api.js';
import * as connection from './connection.js';
import { pause, rest } from './pause.js';
import { listen } from './stream.js';

export const isDone = message => message.state !== 'queued' && message.state !== 'processing';

const missing = ['unknown', 'purged'];
const firstWaits = [200, 300, 500];
const longestWait = 4_000;

/** Polls, and listens while it is answered, until the message is done, or forgotten; tells `changed` after every step. */
export async function follow(message, changed) {
  for (let asked = 0; !isDone(message) && !message.forgotten; asked++) {
    const answer = await insist(() => api.result(message.id), message, changed);
    take(message, answer);
    changed(message);
    if (!isDone(message) && !(await listen(message, changed))) await pause(waitAfter(asked, answer.retryAfter));
  }
}

/** Fills in what this browser did not keep: the text, and whether the server still has it, or has it again. */
export async function recall(message, changed) {
  const { status, body } = await insist(() => api.job(message.id), message, changed);
  if (status === 404) message.state = 'unknown';
  const back = status === 200 && missing.includes(message.state);
  if (back) message.state = body.status;
  if (status === 200) {
    message.text = body.input?.text ?? null;
    if (body.done && !body.input) message.state = 'purged';
  }
  changed(message);
  if (back) follow(message, changed);
}

/** Reads how a finished message ended; asked for when somebody opens it. */
export async function collect(message, changed) {
  take(message, await insist(() => api.result(message.id), message, changed));
  changed(message);
}

// The server's Retry-After is for clients in general. A person is watching this one, so the first few questions come sooner, and
// someone who has waited long does not need to ask every second.
function waitAfter(asked, retryAfter) {
  if (asked < firstWaits.length) return firstWaits[asked];
  return Math.max((retryAfter ?? 1) * 1000, Math.min(longestWait, 1000 * 1.1 ** (asked - firstWaits.length)));
}

/** Asks until there is an answer: waits out a silent server and comes again when a busy one says so. */
async function insist(ask, message, changed) {
  for (let refused = 0; ; refused++) {
    const answer = await ask();
    const trouble = { unreachable: 'offline', busy: 'busy' }[answer.reply] ?? null;
    message.trouble = trouble;
    if (!trouble) return answer;
    changed(message);
    if (trouble === 'offline') await connection.lost();
    else await rest((answer.retryAfter ?? Math.min(2 ** refused, 30)) * 1000);
  }
}

function take(message, { status, body }) {
  if (status === 202) {
    // An answer that crossed a cancel on its way is old news.
    if (isDone(message)) return;
    message.state = body.state;
    message.position = body.queue_position ?? null;
  } else if (status === 200) {
    message.state = 'succeeded';
    message.answer = body.result?.content ?? JSON.stringify(body.result?.tool_calls, null, 2) ?? '';
    message.model = body.model;
    message.usage = body.usage ?? null;
    message.runMs = body.metrics?.run_ms ?? null;
  } else if (status === 424) {
    message.state = 'failed';
    message.error = { code: body.code, message: body.error ?? body.detail ?? '' };
  } else if (status === 410) {
    message.state = { job_canceled: 'canceled', job_expired: 'expired' }[body.code] ?? 'purged';
  } else if (status === 404) {
    message.state = 'unknown';
  }
}
