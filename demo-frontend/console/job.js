// One job: why it failed first, then what happened to it, then everything else.
import * as http from './http.js';
import { button, facts, fill, h } from './dom.js';
import { confirm } from './confirm.js';
import { duration, moment, number } from './format.js';
import { explanation } from './explain.js';
import { openTexts } from './texts.js';
import { toJob } from './route.js';
import { stateMark } from './state.js';
import { fail, openTrouble, tell } from './tell.js';
import { timeline } from './timeline.js';
import { say } from './words.js';

const every = 1_000;
// Nobody there, or only a proxy that had no answer from behind it.
const unanswered = [0, 502, 504];
let arrived = null;

export function openJob(container, { id }) {
  const top = h('div', { class: 'job-top' });
  const deeds = h('div', { class: 'actions' });
  const why = h('div');
  const story = h('div');
  const rest = h('div');
  const texts = openTexts(id);
  const trouble = openTrouble();
  const key = http.newKey();
  const told = h('p', { class: 'strip', hidden: true }, say.job.unknown);
  const known = h('div', { hidden: true }, why, h('div', { class: 'pair pair-job' }, story, rest), texts.element);
  let shown = '';
  let closed = false;
  let turn = 0;
  let timer = 0;

  fill(container,
    h('p', { class: 'back' }, h('a', { href: '#/jobs' }, say.job.back)),
    h('div', { class: 'head' }, h('h1', { class: 'job-title' }, say.job.title, ' ', h('span', { class: 'id' }, id)), top),
    deeds, told, known);
  look();
  if (arrived === id) setTimeout(() => tell(say.job.retried));
  arrived = null;

  /** Until the job is done; after that nothing changes but its deliveries. */
  async function look() {
    clearTimeout(timer);
    const mine = ++turn;
    try {
      const job = document.hidden && shown ? null : await http.job(id);
      if (closed || mine !== turn) return;
      if (job) update(job);
      if (!job || !job.done || job.deliveries?.some(({ next_attempt_at: next }) => next)) timer = setTimeout(look, every);
    } catch (refusal) {
      if (closed || mine !== turn) return;
      told.hidden = refusal.status !== 404;
      if (refusal.status === 404) return trouble.over();
      trouble.tell(refusal);
      timer = setTimeout(look, every * 3);
    }
  }

  function update(job) {
    trouble.over();
    const state = JSON.stringify(job);
    if (state === shown) return;
    shown = state;
    known.hidden = false;
    fill(top, stateMark(job.status));
    offer(job);
    fill(why, reason(job));
    fill(story, section('timeline', say.job.timeline, timeline(job)));
    fill(rest, section('facts', say.job.facts, jobFacts(job)), job.deliveries?.length > 0 && section('deliveries', say.job.deliveries, deliveries(job)));
  }

  /** The buttons stay the same ones while they offer the same, so that the focus stays too. */
  function offer({ can = {} }) {
    const wanted = [can.cancel && 'cancel', can.retry && 'retry'].filter(Boolean);
    if (wanted.join() === [...deeds.children].map(child => child.dataset.deed).join()) return;
    const focused = deeds.contains(document.activeElement);
    const acts = { cancel, retry };
    fill(deeds, wanted.map(deed => button(say.job[deed], acts[deed], { 'data-deed': deed })));
    if (focused) (deeds.firstElementChild ?? container.querySelector('h1')).focus();
  }

  async function cancel() {
    if (!(await confirm(say.job.cancelTitle, say.job.cancelWords, say.job.cancel))) return;
    await attempt(async () => {
      await http.cancel(id);
      tell(say.job.canceled);
    });
    if (!closed) await look();
  }

  async function retry() {
    if (!(await confirm(say.job.retryTitle, say.job.retryWords, say.job.retry))) return;
    await attempt(async () => {
      const { job_id: next } = await http.retry(id, key).catch(noAnswer);
      arrived = next;
      location.hash = toJob(next);
    });
  }

  return { title: `${say.job.title} ${id}`, close: () => { closed = true; clearTimeout(timer); } };
}

async function attempt(act) {
  try {
    await act();
  } catch (refusal) {
    fail(refusal);
  }
}

/** It may have arrived all the same. */
function noAnswer(refusal) {
  throw unanswered.includes(refusal.status) ? new http.Refusal(refusal.status, { code: 'retry_unanswered' }) : refusal;
}

function section(name, title, ...children) {
  return h('section', { class: 'panel', 'data-panel': name, 'aria-labelledby': `${name}-title` }, h('h2', { id: `${name}-title` }, title), children);
}

/** In plain words what the code means and what to do; then what exactly was said. */
function reason(job) {
  const error = job.error ?? job.last_error;
  if (!error) return null;
  const words = explanation({ ...job, error });
  return h('section', { class: `panel why${job.error ? ' why-final' : ''}`, 'data-panel': 'why', 'aria-labelledby': 'why-title' },
    h('h2', { id: 'why-title' }, job.error ? say.job.whyFailed : say.job.lastError),
    words && h('p', { class: 'why-what' }, words.what),
    words && h('p', { class: 'why-do' }, h('strong', {}, say.job.whatToDo), ' ', words.act),
    h('p', { class: 'exact' }, `${say.job.provider(error.code, error.provider_status)}${error.message ? `: ${error.message}` : ''}`));
}

function jobFacts(job) {
  const { usage, metrics = {} } = job;
  return facts([
    [say.job.model, job.model ?? say.job.workersModel],
    [say.job.created, moment(job.created_at)],
    [say.job.waited, metrics.queue_ms != null && duration(metrics.queue_ms)],
    [say.job.ran, metrics.run_ms != null && duration(metrics.run_ms)],
    [say.job.attempts, number(job.attempts)],
    [say.job.tokens, usage && say.job.inOut(number(usage.prompt_tokens), number(usage.completion_tokens))],
    [say.job.deadline, job.deadline && moment(job.deadline)],
    [say.job.runAt, job.run_at && moment(job.run_at)],
    [say.job.priority, job.priority],
    [say.job.kind, job.kind],
    [say.job.retryOf, job.retry_of && h('a', { class: 'id', href: toJob(job.retry_of) }, job.retry_of)],
    [say.job.batch, job.batch_id && h('span', { class: 'id' }, job.batch_id)],
    [say.job.trace, job.trace_id && h('span', { class: 'id' }, job.trace_id)],
  ].map(([name, value]) => [name, value || null]));
}

/** One below the other, as there is hardly ever more than one and a table is too wide for half a page. */
function deliveries(job) {
  return job.deliveries.map(({ event, status, attempts, last_attempt: last, next_attempt_at: next }) => facts([
    [say.job.delivery, event],
    [say.job.deliveryStatus, say.delivery[status] ?? status],
    [say.job.deliveryAttempts, number(attempts)],
    [say.job.deliveryLast, last && [last.status ? say.job.status(last.status) : last.error, duration(last.duration_ms)].filter(Boolean).join(', ')],
    [say.job.deliveryNext, next && moment(next)],
  ]));
}
