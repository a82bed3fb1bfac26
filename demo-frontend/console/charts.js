// The charts of the overview. Each has the same figures as a table for whoever cannot see it or wants them exactly.
import { clock } from './format.js';
import { fill, h, show, table } from './dom.js';
import { bucketSize, buckets, charts } from './series.js';
import { openCanvas } from './canvas.js';
import { say } from './words.js';

export function openCharts(changed) {
  const range = h('select', { id: 'range', onchange: changed }, Object.entries(say.chart.ranges).map(([minutes, words]) => h('option', { value: minutes }, words)));
  const grid = h('div', { class: 'charts' });
  const element = h('section', { 'aria-labelledby': 'charts-title' },
    h('div', { class: 'head' },
      h('h2', { id: 'charts-title' }, say.chart.title),
      h('p', { class: 'choice' }, h('label', { for: 'range' }, say.chart.range), ' ', range)),
    grid);
  const figures = charts([]).map(({ name, title }) => openFigure(name, title));
  fill(grid, figures.map(figure => figure.element));

  function update(minutes) {
    const size = bucketSize(minutes.length);
    const parts = buckets(minutes, size);
    charts(minutes).forEach((chart, i) => figures[i].update(chart, parts, size));
  }

  return { element, update, minutes: () => range.value, close: () => figures.forEach(figure => figure.close()) };
}

function openFigure(name, title) {
  const note = h('span', { class: 'fine' });
  const nothing = h('p', { class: 'nothing', hidden: true });
  const canvas = openCanvas();
  const rows = h('div');
  const exact = h('details', {}, h('summary', {}, say.chart.asTable, h('span', { class: 'unseen' }, `: ${title}`)), rows);
  const element = h('figure', { class: 'panel', 'data-chart': name }, h('figcaption', {}, h('h3', {}, title), ' ', note), canvas.element, nothing, exact);
  let latest = null;
  exact.addEventListener('toggle', tabulate);

  function update(chart, parts, size) {
    const labels = parts.map(part => clock(part[0].minute));
    const values = chart.series.map(series => parts.map(series.read));
    const empty = values.every(list => list.every(value => !value));
    latest = { chart, labels, values, title };
    show(note, chart.note(size));
    show(nothing, chart.nothing ?? say.chart.nothing);
    nothing.hidden = !empty;
    exact.hidden = canvas.element.hidden = empty;
    if (!empty) canvas.draw(chart, labels, values, say.chart.summary(title, summary(chart, values)));
    tabulate();
  }

  function tabulate() {
    if (exact.open && latest) fillTable(rows, latest);
  }

  return { element, update, close: canvas.close };
}

/** The whole for counts, the highest for times: what the chart says at a glance. */
function summary({ series, format }, values) {
  return series.map(({ label, total }, i) => `${label}: ${format(total ? values[i].reduce((a, b) => a + b, 0) : highest(values[i]))}`).join(', ');
}

function highest(list) {
  const known = list.filter(value => value != null);
  return known.length ? Math.max(...known) : null;
}

/** The newest first, without the times when nothing happened. Left alone while nothing changes, so that it can be read and scrolled. */
function fillTable(place, { chart, labels, values, title }) {
  const state = JSON.stringify([labels, values, chart.series.map(({ label }) => label)]);
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  const rows = labels.map((label, i) => [label, ...values.map(list => list[i])]).filter(([, ...cells]) => cells.some(Boolean)).reverse();
  const scrolled = place.firstElementChild?.scrollTop ?? 0;
  const body = h('tbody', {}, rows.map(([time, ...cells]) => h('tr', {}, h('th', { scope: 'row' }, time), cells.map(value => h('td', { class: 'figure' }, chart.format(value))))));
  const focused = place.contains(document.activeElement);
  fill(place, table(title, [[say.chart.time], ...chart.series.map(({ label }) => [label, 'figure'])], body));
  place.firstElementChild.scrollTop = scrolled;
  if (focused) place.firstElementChild.focus({ preventScroll: true });
}
