// Chart.js, told how this console draws: no animation, the page's colours and fonts, a line's dashes besides its colour.
import { h } from './dom.js';
import { locale } from './words.js';

const dashes = { dashed: [6, 4], dotted: [2, 3] };
const dark = matchMedia('(prefers-color-scheme: dark)');

/** A place for one chart. Where the library did not load, the table beside it has everything. */
export function openCanvas() {
  const canvas = h('canvas', { role: 'img' });
  const element = h('div', { class: 'canvas' }, canvas);
  let chart = null;
  let last = null;

  function draw(kind, labels, values, summary) {
    last = [kind, labels, values, summary];
    canvas.setAttribute('aria-label', summary);
    if (!globalThis.Chart) return;
    const datasets = kind.series.map((series, i) => dataset(kind, series, values[i], i));
    if (!chart) {
      chart = new globalThis.Chart(canvas, { type: kind.type, data: { labels, datasets }, options: options(kind) });
      return;
    }
    chart.data = { labels, datasets };
    chart.options = options(kind);
    chart.update('none');
  }

  const redraw = () => last && draw(...last);
  dark.addEventListener('change', redraw);

  function close() {
    dark.removeEventListener('change', redraw);
    chart?.destroy();
  }

  return { element, draw, close };
}

function dataset({ type }, { label, style, colour: number }, data, i) {
  const colour = variable(`--series-${number ?? i + 1}`);
  const line = { borderDash: dashes[style] ?? [], borderWidth: 2, pointHitRadius: 8, pointRadius: ({ dataIndex }) => (isAlone(data, dataIndex) ? 2.5 : 0) };
  const bar = { categoryPercentage: 0.9, barPercentage: 1, stack: 'all' };
  return { label, data, borderColor: colour, backgroundColor: colour, ...(type === 'line' ? line : { ...bar, borderWidth: 0 }) };
}

/** A line needs two points; one by itself is drawn as a dot. */
const isAlone = (data, i) => data[i] != null && data[i - 1] == null && data[i + 1] == null;

function options({ type, format }) {
  const [ink, soft, grid, sheet] = ['--ink', '--soft', '--line', '--sheet'].map(variable);
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  const stacked = type === 'bar';
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    locale,
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: { stacked, grid: { display: false }, border: { color: grid }, ticks: { color: soft, font, autoSkip: true, maxTicksLimit: 6, maxRotation: 0 } },
      y: { stacked, beginAtZero: true, grid: { color: grid }, border: { display: false }, ticks: { color: soft, font, maxTicksLimit: 5, precision: 0, callback: value => format(value) } },
    },
    plugins: {
      legend: { position: 'bottom', align: 'start', onClick: null, labels: { color: soft, font, boxWidth: 22, boxHeight: type === 'line' ? 0 : 8, padding: 12 } },
      tooltip: {
        backgroundColor: sheet, titleColor: ink, bodyColor: ink, borderColor: soft, borderWidth: 1, titleFont: font, bodyFont: font,
        callbacks: { label: ({ dataset: { label }, parsed: { y } }) => ` ${label}: ${format(y)}` },
      },
    },
  };
}

const variable = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
