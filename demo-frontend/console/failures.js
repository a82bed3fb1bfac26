// What failed in the last 24 hours, by code, and a way to try all of one code again.
import * as http from './http.js';
import { button, fill, h, show, table } from './dom.js';
import { confirm } from './confirm.js';
import { number } from './format.js';
import { toFailed } from './route.js';
import { fail, openTrouble, tell } from './tell.js';
import { say } from './words.js';

const day = 1440;
const late = 'deadline_exceeded';
const every = 5_000;

export function openFailures(container) {
  const place = h('div');
  const trouble = openTrouble();
  let shown = '';
  let since = '';
  let closed = false;
  let timer = 0;
  fill(container, h('h1', {}, say.failures.title), h('p', { class: 'lead' }, say.failures.lead), place);
  look();

  /** Again now and then; what somebody is about to press is left where it is. */
  async function look() {
    try {
      if (!document.hidden && !place.contains(document.activeElement)) await read();
    } catch (refusal) {
      if (!closed && refusal.status !== 0) trouble.tell(refusal);
    }
    if (!closed) timer = setTimeout(look, every);
  }

  async function read() {
    const { minutes, summary } = await http.statistics(day);
    if (closed) return;
    trouble.over();
    const { errors, ended, retries: causes } = summary;
    since = minutes[0].minute; // the browser's clock may be wrong
    const bad = { ...errors, ...(ended.expired && { [late]: ended.expired }) };
    const state = JSON.stringify([bad, causes]);
    if (state === shown || document.querySelector('dialog')) return;
    shown = state;
    fill(place, groups(bad), retries(causes));
  }

  function groups(errors) {
    const found = mostFirst(errors);
    if (!found.length) return h('p', { class: 'strip', 'data-none': true }, say.failures.none);
    return h('ul', { class: 'groups' }, found.map(([code, count]) => group(code, count)));
  }

  function group(code, count) {
    const words = say.because[code];
    const name = h('code', { id: `code-${code}` }, code);
    return h('li', { class: 'panel group', 'data-code': code },
      h('div', {}, h('h2', {}, name), words && h('p', {}, words)),
      h('p', { class: 'group-count' }, say.failures.count(number(count))),
      h('div', { class: 'actions' },
        // Counted are those that ended lately, whenever they were accepted, so no time narrows the list: the newest come first.
        h('a', { class: 'quiet', href: toFailed(code), 'aria-describedby': name.id, 'data-deed': 'see' }, say.failures.see),
        // The time of what expired is over.
        code !== late && button(say.failures.retry, pressed => again(code, count, pressed), { 'aria-describedby': name.id, 'data-deed': 'retry' })));
  }

  async function again(code, count, pressed) {
    if (!(await confirm(say.failures.retryTitle(code), say.failures.retryWords(number(count)), say.failures.retry))) return;
    const window = { code, created_after: since };
    const done = { retried: 0, skipped: 0 };
    show(pressed, say.failures.working);
    try {
      await all(window, done);
      tell(words(done));
    } catch (refusal) {
      fail(refusal, done.retried ? words(done) : '');
    }
    show(pressed, say.failures.retry);
  }

  return { close: () => { closed = true; clearTimeout(timer); } };
}

/** A call works through some of them, and says where the next one goes on: at ever older ones, so what is left again is not met again. */
async function all(window, done) {
  for (let cursor = null; ;) {
    const { retried, skipped, next_cursor: next } = await http.retryFailed({ ...window, ...(cursor && { cursor }) });
    done.retried += retried;
    done.skipped += skipped;
    if (!next) return;
    cursor = next;
  }
}

const words = ({ retried, skipped }) => say.failures.done(number(retried), number(skipped));
const mostFirst = map => Object.entries(map).filter(([, count]) => count).sort(([, left], [, right]) => right - left);

const why = cause => h('span', { class: 'fine' }, ` ${say.because[cause] ?? say.event[cause] ?? ''}`);

function retries(causes) {
  const found = mostFirst(causes);
  if (!found.length) return null;
  const rows = found.map(([cause, count]) => h('tr', {}, h('th', { scope: 'row' }, h('code', {}, cause), why(cause)), h('td', { class: 'figure' }, number(count))));
  return h('section', { class: 'panel', 'data-panel': 'retries', 'aria-labelledby': 'retries-title' },
    h('h2', { id: 'retries-title' }, say.failures.retries), h('p', { class: 'fine' }, say.failures.retriesLead),
    table(say.failures.retries, [[say.failures.cause], [say.failures.times, 'figure']], h('tbody', {}, rows)));
}
