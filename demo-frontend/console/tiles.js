// The figures that matter, each with what it is to be read against.
import { age, compact, duration, number, percent, rate } from './format.js';
import { h, show } from './dom.js';
import { toJobs } from './route.js';
import { say } from './words.js';

// [name, title, where it leads, the figure, what it is read against, whether it is alarming]
const tiles = [
  ['waiting', say.tile.waiting, toJobs({ status: 'queued' }), o => compact(o.queue.queued), waiting],
  ['running', say.tile.running, toJobs({ status: 'processing' }), o => number(o.queue.processing), o => say.tile.slots(number(slots(o)))],
  ['finished', say.tile.finished, null, o => rate(o.rates.finished_per_second), o => say.tile.accepted(rate(o.rates.accepted_per_second))],
  ['failed', say.tile.failed, '#/failures', o => compact(bad(o)), failed, o => bad(o) > 0],
  ['latency', say.tile.latency, null, o => duration(o.last_hour.total_ms.p95), latency],
  ['tokens', say.tile.tokens, null, o => compact(o.last_hour.prompt_tokens + o.last_hour.completion_tokens), tokens],
  ['dead', say.tile.dead, '#/dead', o => number(o.queue.dead), () => say.tile.deadHint, o => o.queue.dead > 0],
  ['fenced', say.tile.fenced, null, o => number(o.last_hour.fenced), () => say.tile.fencedHint],
];

export function openTiles() {
  const built = tiles.map(build);
  const element = h('section', { 'aria-labelledby': 'tiles-title' },
    h('h2', { class: 'unseen', id: 'tiles-title' }, say.tile.title),
    h('ul', { class: 'tiles' }, built.map(tile => tile.element)));
  return { element, update: overview => built.forEach(tile => tile.update(overview)) };
}

function build([name, title, href, figure, against, alarming = () => false]) {
  const value = h('span', { class: 'tile-value' }, say.none);
  const hint = h('span', { class: 'tile-hint' });
  const parts = [h('span', { class: 'tile-title' }, title), value, hint];
  const element = h('li', { class: 'tile', 'data-tile': name }, href ? h('a', { href }, parts) : h('div', {}, parts));
  function update(overview) {
    show(value, figure(overview));
    show(hint, against(overview));
    element.classList.toggle('tile-alarm', Boolean(alarming(overview)));
  }
  return { element, update };
}

function waiting({ queue: { queued, oldest_age_seconds: oldest, later } }) {
  const parts = [queued && oldest != null ? say.tile.oldest(age(oldest)) : say.tile.nobodyWaits];
  if (later) parts.push(say.tile.later(compact(later)));
  return parts.join('; ');
}

const slots = ({ workers }) => workers.reduce((sum, worker) => sum + worker.slots, 0);

const bad = ({ last_hour: { ended } }) => (ended.failed ?? 0) + (ended.expired ?? 0);

function failed(overview) {
  const all = Object.values(overview.last_hour.ended).reduce((sum, count) => sum + count, 0);
  return all ? say.tile.ofEnded(percent(bad(overview) / all), compact(all)) : say.tile.noneEnded;
}

function latency({ last_hour: { queue_ms: queue, run_ms: run } }) {
  return say.tile.parts(duration(queue.p95), duration(run.p95));
}

function tokens({ last_hour: { prompt_tokens: prompt, completion_tokens: completion } }) {
  return say.tile.inOut(compact(prompt), compact(completion));
}
