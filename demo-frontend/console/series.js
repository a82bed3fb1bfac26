// What the charts show, as plain lists of numbers. Pure functions of the server's minutes.
import { compact, duration, number } from './format.js';
import { say } from './words.js';

const fewPoints = 100;
const codesShown = 4;
// the colour of success comes last
const errorColours = [3, 4, 5, 1];
const sizes = [1, 5, 15];

/** Few enough minutes for one point each, or several together. */
export const bucketSize = minutes => sizes.find(size => minutes / size <= fewPoints) ?? sizes.at(-1);

/** The minutes in buckets; one that has just begun is not yet whole, so the buckets end with the last minute. */
export function buckets(minutes, size) {
  const found = [];
  for (let end = minutes.length; end > 0; end -= size) found.unshift(minutes.slice(Math.max(0, end - size), end));
  return found;
}

const sum = (bucket, pick) => bucket.reduce((total, minute) => total + (pick(minute) ?? 0), 0);

/** Percentiles cannot be added up, so the worst of a bucket stands for it; null where nothing ended. */
function worst(bucket, pick) {
  const known = bucket.map(pick).filter(value => value != null);
  return known.length ? Math.max(...known) : null;
}

const counts = (label, pick, style, colour) => ({ label, style, colour, total: true, read: bucket => sum(bucket, pick) });
const times = (label, pick, style) => ({ label, style, read: bucket => worst(bucket, pick) });

/** The charts: [{name, title, type, format, note, series: [{label, style, read(bucket)}]}] */
export function charts(minutes) {
  return [
    {
      name: 'throughput', title: say.chart.throughput, type: 'line', format: compact, note: say.chart.per,
      series: [
        counts(say.chart.accepted, minute => minute.accepted, 'dashed'),
        counts(say.chart.succeeded, minute => minute.ended.succeeded),
        counts(say.chart.failed, minute => minute.ended.failed),
        counts(say.chart.otherEnds, minute => (minute.ended.canceled ?? 0) + (minute.ended.expired ?? 0), 'dotted'),
      ],
    },
    {
      name: 'latency', title: say.chart.latency, type: 'line', format: duration, note: say.chart.worstOf,
      series: [
        times(say.chart.total('p50'), minute => minute.total_ms.p50),
        times(say.chart.total('p95'), minute => minute.total_ms.p95, 'dashed'),
        times(say.chart.total('p99'), minute => minute.total_ms.p99, 'dotted'),
        times(say.chart.queue('p95'), minute => minute.queue_ms.p95, 'dashed'),
      ],
    },
    { name: 'errors', title: say.chart.errors, type: 'bar', format: number, note: say.chart.per, nothing: say.chart.noErrors, series: errorSeries(minutes) },
    {
      name: 'tokens', title: say.chart.tokens, type: 'bar', format: compact, note: say.chart.per,
      series: [
        counts(say.chart.prompt, minute => minute.prompt_tokens),
        counts(say.chart.completion, minute => minute.completion_tokens, null, 5),
      ],
    },
  ];
}

/** One for each of the most frequent codes, and one for what is left. */
function errorSeries(minutes) {
  const totals = {};
  for (const { errors } of minutes) for (const [code, count] of Object.entries(errors)) totals[code] = (totals[code] ?? 0) + count;
  const codes = Object.keys(totals).sort((left, right) => totals[right] - totals[left]);
  const shown = codes.slice(0, codesShown);
  const rest = codes.slice(codesShown);
  const series = shown.map((code, i) => counts(code, minute => minute.errors[code], null, errorColours[i]));
  if (rest.length) series.push(counts(say.chart.otherCodes, minute => rest.reduce((total, code) => total + (minute.errors[code] ?? 0), 0), null, 2));
  return series;
}
