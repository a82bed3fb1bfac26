// What happened to a job, step by step.
import { clockMillis, duration, moment } from './format.js';
import { h } from './dom.js';
import { say } from './words.js';

const shortest = 1;

/** A list, oldest first, with the time of each step and how long after the one before it came. */
export function timeline({ timeline: steps = [] }) {
  return h('ol', { class: 'timeline' }, steps.map((step, i) => entry(step, i ? step.after_ms - steps[i - 1].after_ms : null)));
}

function entry(step, gap) {
  return h('li', { 'data-event': step.event },
    h('p', { class: 'step' }, h('span', { class: 'step-what' }, say.event[step.event] ?? step.event), ' ',
      gap >= shortest && h('span', { class: 'step-gap' }, say.job.later(duration(gap)))),
    h('p', { class: 'step-when' }, [h('time', { datetime: step.at }, clockMillis(step.at)), ...about(step).flatMap(part => [' · ', part])]),
    step.message && h('p', { class: 'exact' }, step.message));
}

function about({ event, attempt, worker, code, provider_status: status, until, detail }) {
  return [
    attempt && event !== 'accepted' && say.job.attempt(attempt),
    worker && say.job.on(worker),
    code && meaning(event, code),
    status && say.job.status(status),
    until && say.job.until(moment(until)),
    say.detail[detail] ?? detail,
  ].filter(Boolean);
}

function meaning(event, code) {
  if (event === 'delivery') return say.delivery[code] ?? code;
  return say.because[code] ? `${code}: ${say.because[code]}` : code;
}
