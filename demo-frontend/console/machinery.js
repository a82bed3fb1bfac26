// The workers, and what web stands on.
import { between, bytes, duration, moment, number, shortId } from './format.js';
import { facts, fill, h, show, table } from './dom.js';
import { say } from './words.js';

/** One row for each living worker. */
export function openWorkers() {
  const body = h('tbody');
  const none = h('p', { class: 'strip', hidden: true }, say.worker.none);
  const list = table(say.worker.title, [[say.worker.id], [say.worker.busy], [say.worker.seen]], body);
  const element = panel('workers', say.worker.title, none, list);
  const rows = new Map();

  function update({ workers, at }) {
    none.hidden = workers.length > 0;
    list.hidden = !workers.length;
    for (const [id, row] of rows) if (!workers.some(worker => worker.id === id)) drop(id, row);
    for (const worker of workers) row(worker.id).update(worker, at);
  }

  function drop(id, row) {
    row.element.remove();
    rows.delete(id);
  }

  function row(id) {
    if (!rows.has(id)) {
      rows.set(id, workerRow(id));
      body.append(rows.get(id).element);
    }
    return rows.get(id);
  }

  return { element, update };
}

function workerRow(id) {
  const meter = h('meter', { min: 0, 'aria-hidden': 'true' });
  const busy = h('span');
  const seen = h('td');
  const element = h('tr', {}, h('th', { scope: 'row', class: 'id', title: id }, shortId(id)), h('td', {}, meter, ' ', busy), seen);
  function update(worker, at) {
    meter.max = worker.slots;
    meter.value = worker.busy;
    show(busy, say.worker.of(number(worker.busy), number(worker.slots)));
    show(seen, say.worker.ago(duration(between(worker.last_seen, at))));
    seen.title = moment(worker.last_seen);
  }
  return { element, update };
}

export function openSystem() {
  const place = h('div');
  let shown = '';
  function update(overview) {
    const pairs = system(overview);
    if (shown === JSON.stringify(pairs)) return;
    shown = JSON.stringify(pairs);
    fill(place, facts(pairs));
  }
  return { element: panel('system', say.system.title, place), update };
}

function system({ broker, store, finished, version }) {
  return [
    [say.system.broker, brokerState(broker)],
    [say.system.unconfirmed, broker.kind === 'in-process' ? null : number(broker.unconfirmed_rings)],
    [say.system.store, bytes(store.bytes)],
    [say.system.free, bytes(store.free_bytes)],
    [say.system.ever, Object.entries(finished).filter(([, count]) => count).map(([state, count]) => `${number(count)} ${say.state[state] ?? state}`.toLowerCase()).join(', ')],
    [say.system.version, version],
  ];
}

function brokerState({ kind, connected, blocked }) {
  if (kind === 'in-process') return say.system.inProcess;
  if (!connected) return say.system.gone;
  return blocked ? say.system.blocked : say.system.connected;
}

function panel(name, title, ...children) {
  return h('section', { class: 'panel', 'data-panel': name, 'aria-labelledby': `${name}-title` }, h('h2', { id: `${name}-title` }, title), children);
}
