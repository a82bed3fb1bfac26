// One look: is it healthy, what waits, what fails and why, what it costs.
import * as http from './http.js';
import { current, hear } from './live.js';
import { button, fill, h, show } from './dom.js';
import { number } from './format.js';
import { confirm } from './confirm.js';
import { openCharts } from './charts.js';
import { openSystem, openWorkers } from './machinery.js';
import { openTiles } from './tiles.js';
import { toFailed } from './route.js';
import { announce, fail, openTrouble, tell } from './tell.js';
import { verdict } from './verdict.js';
import { say } from './words.js';

const every = 5_000;

export function openOverview(container) {
  const line = openVerdict();
  const tiles = openTiles();
  const workers = openWorkers();
  const system = openSystem();
  const charts = openCharts(look);
  fill(container, line.element, tiles.element, charts.element, h('div', { class: 'pair' }, workers.element, system.element));
  const trouble = openTrouble();
  let overview = null;
  let minutes = null;
  let closed = false;
  let turn = 0;
  let timer = 0;

  const deaf = hear(latest => {
    overview = latest;
    judge();
    for (const part of [tiles, workers, system]) part.update(overview);
  });
  look();

  /** The minutes change slowly; what changes each second comes by the stream. */
  async function look() {
    clearTimeout(timer);
    const mine = ++turn;
    try {
      const answer = document.hidden ? null : await http.statistics(charts.minutes());
      if (closed || mine !== turn) return;
      if (answer) take(answer);
    } catch (refusal) {
      minutes ??= [];
      if (!closed && refusal.status !== 0) trouble.tell(refusal);
    }
    judge();
    if (!closed && mine === turn) timer = setTimeout(look, every);
  }

  function take(statistics) {
    ({ minutes } = statistics);
    charts.update(minutes);
    trouble.over();
  }

  /** Not before both are known: a verdict must not change its mind at once. */
  function judge() {
    if (overview && minutes) line.update(overview, minutes);
  }

  function close() {
    closed = true;
    clearTimeout(timer);
    deaf();
    charts.close();
  }

  return { close, title: say.nav.overview };
}

function openVerdict() {
  const level = h('span', { class: 'verdict-level' });
  const words = h('span', { class: 'verdict-words' });
  const others = h('ul', { class: 'verdict-others', hidden: true });
  const deeds = h('div', { class: 'actions' });
  const element = h('section', { class: 'verdict' }, h('h1', {}, level, ' ', words), others, deeds);
  let kind = null;
  let paused = null;

  function update(overview, minutes) {
    const [worst, ...rest] = verdict(overview, minutes);
    element.dataset.level = worst.level;
    element.dataset.kind = worst.kind;
    show(level, say.verdict.levels[worst.level]);
    show(words, `${worst.words}.`);
    others.hidden = !rest.length;
    const lines = rest.map(({ words }) => `${words}.`);
    if (lines.join('\n') !== [...others.children].map(line => line.textContent).join('\n')) fill(others, lines.map(text => h('li', {}, text)));
    // The figures in it change each second; only another state of things is worth reading out.
    if (kind && kind !== worst.kind) announce(worst.words);
    kind = worst.kind;
    offer(overview, [worst, ...rest].find(({ kind }) => kind === 'failing'));
  }

  /** Rebuilt only when it offers something else, so that the focus stays where it is. */
  function offer(overview, failing) {
    const offered = `${Boolean(overview.paused_since)} ${failing?.code}`;
    if (paused === offered) return;
    const focused = deeds.contains(document.activeElement);
    paused = offered;
    const steer = overview.paused_since ? button(say.pause.resume, resume, { 'data-deed': 'resume' }) : button(say.pause.pause, pause, { 'data-deed': 'pause' });
    fill(deeds, failing && h('a', { class: 'primary', 'data-deed': 'why', href: toFailed(failing.code) }, say.verdict.why), steer);
    if (focused) steer.focus();
  }

  return { element, update };
}

async function pause() {
  if (await confirm(say.pause.pauseTitle, say.pause.pauseWords, say.pause.pause)) await steer(http.pause, say.pause.paused);
}

async function resume() {
  const waiting = number(current().queue.queued);
  if (await confirm(say.pause.resumeTitle, say.pause.resumeWords(waiting), say.pause.resume)) await steer(http.resume, say.pause.resumed);
}

async function steer(deed, words) {
  try {
    await deed();
    tell(words);
  } catch (refusal) {
    fail(refusal);
  }
}
