// Messages that no worker could read. One that names a job is rung again; one that names none can only be thrown away.
import * as http from './http.js';
import { button, facts, fill, h, show } from './dom.js';
import { confirm } from './confirm.js';
import { moment, number } from './format.js';
import { toJob } from './route.js';
import { fail, openTrouble, tell } from './tell.js';
import { say } from './words.js';

const most = 50;

export function openDead(container) {
  const shown = h('p', { class: 'fine' });
  const all = button(say.dead.replayAll, () => replay({ all: true }), { 'data-deed': 'replay-all', hidden: true });
  const none = h('p', { class: 'strip', hidden: true, 'data-none': true }, say.dead.none);
  const list = h('ol', { class: 'groups', id: 'letters' });
  const trouble = openTrouble();
  let closed = false;
  fill(container,
    h('h1', {}, say.dead.title), h('p', { class: 'lead' }, say.dead.lead),
    h('div', { class: 'head' }, shown, all, button(say.jobs.refresh, look, { 'data-deed': 'refresh' })), none, list);
  look();

  async function look() {
    try {
      const { count, data } = await http.dead(most);
      if (closed) return;
      trouble.over();
      const focused = list.contains(document.activeElement);
      fill(list, data.map(letter));
      none.hidden = data.length > 0;
      all.hidden = !data.some(({ job_id: job }) => job);
      show(shown, data.length ? say.dead.count(number(data.length), number(count)) : '');
      if (focused) container.querySelector('h1').focus();
    } catch (refusal) {
      if (!closed) trouble.tell(refusal);
    }
  }

  function letter({ key, job_id: job, reason, at, preview }) {
    const deed = job
      ? button(say.dead.replay, () => replay({ keys: [key] }), { 'data-deed': 'replay', 'aria-label': `${say.dead.replay}: ${say.dead.which(key)}` })
      : button(say.dead.discard, () => discard(key), { 'data-deed': 'discard', 'aria-label': `${say.dead.discard}: ${say.dead.which(key)}` });
    return h('li', { class: 'panel letter', 'data-key': key },
      facts([
        [say.dead.at, at && moment(at)],
        [say.dead.reason, reason],
        [say.dead.names, job ? h('a', { class: 'id', href: toJob(job) }, job) : say.dead.namesNone],
        [say.dead.preview, h('span', { class: 'text', dir: 'auto' }, preview ?? '')],
      ]),
      h('div', { class: 'actions' }, deed));
  }

  const replay = which => act(() => http.replay(which), ({ replayed, left }) => say.dead.replayed(number(replayed), number(left)));

  async function discard(key) {
    if (!(await confirm(say.dead.discardTitle, say.dead.discardWords, say.dead.discard))) return;
    await act(() => http.discard({ keys: [key] }), ({ discarded, left }) => say.dead.discarded(number(discarded), number(left)));
  }

  async function act(deed, words) {
    try {
      tell(words(await deed()));
      await look();
    } catch (refusal) {
      fail(refusal);
    }
  }

  return { close: () => { closed = true; } };
}
