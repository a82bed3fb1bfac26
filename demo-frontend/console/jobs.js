// The list of jobs: newest first, by status, error code and time; or one job by its id.
import * as http from './http.js';
import { button, fill, h, show, table } from './dom.js';
import { hear } from './live.js';
import { between, compact, duration, moment, number, shortId } from './format.js';
import { toFailed, toJob, toJobs } from './route.js';
import { stateMark } from './state.js';
import { openTrouble } from './tell.js';
import { say } from './words.js';

const page = 50;
const every = 5_000;
const filters = ['status', 'code', 'created_after', 'created_before'];

export function openJobs(container, route) {
  const body = h('tbody', { id: 'jobs' });
  const columns = [[say.jobs.state], [say.jobs.job], [say.jobs.left], [say.jobs.took, 'wide'], [say.jobs.model, 'wide'], [say.jobs.error]];
  const list = table(say.jobs.title, columns, body);
  const none = h('p', { class: 'strip', hidden: true }, say.jobs.none);
  const shown = h('p', { class: 'fine', role: 'status' });
  const more = button(say.jobs.more, older, { 'data-deed': 'more', hidden: true });
  const tabs = openTabs();
  const form = openFilters(address => (location.hash = address));
  const trouble = openTrouble();
  let query = {};
  let cursor = null;
  let paged = false;
  let closed = false;
  let timer = 0;

  fill(container,
    h('h1', {}, say.jobs.title), searchForm(), tabs.element, form.element,
    h('div', { class: 'head' }, shown, button(say.jobs.refresh, refresh, { 'data-deed': 'refresh' })),
    none, list, more);
  changed(route);

  function changed(next) {
    query = Object.fromEntries(filters.filter(name => next.query[name]).map(name => [name, next.query[name]]));
    tabs.show(query);
    form.show(query);
    return refresh();
  }

  /** The newest again; a list that somebody has gone further down in is left as it is. */
  async function refresh() {
    clearTimeout(timer);
    paged = false;
    await look(null);
    schedule();
  }

  function schedule() {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => (document.hidden || paged || list.contains(document.activeElement) ? schedule() : refresh()), every);
  }

  async function older() {
    paged = true;
    const last = body.lastElementChild;
    await look(cursor);
    last?.nextElementSibling?.querySelector('a').focus();
  }

  async function look(from) {
    const asked = query;
    try {
      const answer = await http.jobs({ ...asked, limit: page, ...(from && { cursor: from }) });
      if (closed || asked !== query) return;
      trouble.over();
      const rows = answer.data.map(row);
      if (from) body.append(...rows);
      else fill(body, rows);
      cursor = answer.next_cursor;
      more.hidden = !answer.has_more;
      list.hidden = !body.children.length;
      none.hidden = !list.hidden || answer.has_more; // a page may be empty, and older jobs follow
      show(shown, say.jobs.shown(number(body.children.length)));
    } catch (refusal) {
      if (!closed) trouble.tell(refusal);
    }
  }

  return { changed, close: () => { closed = true; clearTimeout(timer); tabs.close(); } };
}

function row(job) {
  return h('tr', { 'data-id': job.id },
    h('td', {}, stateMark(job.status)),
    h('th', { scope: 'row' }, h('a', { class: 'id', href: toJob(job.id), title: job.id }, shortId(job.id))),
    h('td', {}, h('time', { datetime: job.created_at }, moment(job.created_at))),
    h('td', { class: 'wide' }, duration(between(job.created_at, job.completed_at))),
    h('td', { class: 'wide name' }, job.model ?? say.none),
    h('td', { class: 'name' }, breakable((job.error ?? job.last_error)?.code ?? '')));
}

/** A long word may go on below after each of its parts. */
const breakable = code => code.split('_').flatMap((part, i) => (i ? ['_', h('wbr'), part] : [part]));

function searchForm() {
  const box = h('input', { id: 'find', type: 'search', autocomplete: 'off', spellcheck: 'false', maxlength: 100 });
  return h('form', { class: 'search', role: 'search', onsubmit: find },
    h('label', { for: 'find' }, say.jobs.search), box, h('button', { type: 'submit', class: 'quiet' }, say.jobs.find));
  function find(event) {
    event.preventDefault();
    if (box.value.trim()) location.hash = toJob(box.value.trim());
  }
}

/** What the list is narrowed to besides the status. An error code is of failed jobs, so choosing one asks for those. */
function openFilters(chosen) {
  const code = select('code', say.jobs.code, Object.fromEntries(Object.keys(say.because).map(name => [name, name])));
  const after = time('created_after', say.jobs.from);
  const before = time('created_before', say.jobs.to);
  const all = [code, after, before];
  const reset = h('a', { class: 'quiet', href: '#/jobs', 'data-deed': 'clear' }, say.jobs.clear);
  const element = h('form', { class: 'filters', 'aria-label': say.jobs.filters, onchange: choose, onsubmit: event => event.preventDefault() },
    all.map(({ label, box }) => h('p', {}, label, box)), reset);
  let status;

  function choose() {
    const times = Object.fromEntries([after, before].map(({ name, read }) => [name, read()]));
    chosen(code.read() ? toFailed(code.read(), times) : toJobs({ status, ...times }));
  }

  function show(query) {
    ({ status } = query);
    for (const { name, write } of all) write(query[name] ?? '');
    reset.hidden = !Object.keys(query).length;
  }

  return { element, show };
}

/** The states, each with how many jobs are in it now. */
function openTabs() {
  const tabs = ['', ...Object.keys(say.state)].map(tab);
  const element = h('nav', { class: 'tabs', 'aria-label': say.jobs.status }, tabs.map(({ link }) => link));
  const deaf = hear(overview => tabs.forEach(({ update }) => update(counts(overview))));
  return { element, show: query => tabs.forEach(({ show }) => show(query)), close: deaf };
}

const counts = ({ queue, finished }) => ({ ...finished, queued: queue.queued, processing: queue.processing });

function tab(status) {
  const count = h('span', { class: 'tab-count' });
  const link = h('a', { 'data-status': status || 'any' }, say.state[status] ?? say.jobs.all, ' ', count);
  const update = counts => show(count, status ? compact(counts[status] ?? 0) : '');

  /** The times stay when another tab is chosen; the code is of failed jobs. */
  function mark({ code, status: shown = code && 'failed', ...others }) {
    link.href = toJobs({ ...others, status, code: status === 'failed' ? code : '' });
    if (status === (shown ?? '')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }

  return { link, update, show: mark };
}

function select(name, title, choices) {
  const box = h('select', { id: name }, h('option', { value: '' }, say.jobs.any), Object.entries(choices).map(([value, words]) => h('option', { value }, words)));
  return { name, box, label: h('label', { for: name }, title), read: () => box.value, write: value => (box.value = value) };
}

function time(name, title) {
  const box = h('input', { id: name, type: 'datetime-local' });
  const read = () => (box.value ? new Date(box.value).toISOString() : '');
  return { name, box, label: h('label', { for: name }, title), read, write: value => (box.value = value ? local(value) : '') };
}

/** As the box wants it: local time without a zone. */
function local(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '' : new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
