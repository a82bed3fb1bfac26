// Numbers, times and lengths of time as the reader writes them.
import { locale } from './words.js';

const plain = new Intl.NumberFormat(locale);
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const hourMinute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const toTheSecond = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const toTheMilli = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const dayAndTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

const none = '–';
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const known = format => value => (value == null ? none : format(value));

export const number = known(value => plain.format(value));
export const compact = known(value => (value < 10_000 ? plain.format(value) : short.format(value)));
export const rate = known(value => (value < 100 ? tenths.format(value) : short.format(value)));
export const percent = known(value => (value > 0 && value < 0.01 ? `< ${percents.format(0.01)}` : percents.format(value)));

/** A length of time in the two largest units that matter. */
export const duration = known(ms => {
  if (ms < second) return `${plain.format(Math.round(ms))} ms`;
  if (ms < minute) return `${tenths.format(ms / second)} s`;
  if (ms < hour) return two(ms, minute, 'min', second, 's');
  if (ms < day) return two(ms, hour, 'h', minute, 'min');
  return two(ms, day, 'd', hour, 'h');
});

/** How long somebody has waited, in whole seconds: less than one is not nothing. */
export const age = known(seconds => (seconds < 1 ? `< ${duration(second)}` : duration(seconds * second)));

function two(ms, large, largeName, small, smallName) {
  const rest = Math.floor((ms % large) / small);
  const first = `${plain.format(Math.floor(ms / large))} ${largeName}`;
  return rest ? `${first} ${rest} ${smallName}` : first;
}

export const bytes = known(count => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(count, 1)) / 3)));
  return `${tenths.format(count / 1000 ** power)} ${units[power]}`;
});

export const clock = time => hourMinute.format(new Date(time));
export const clockMillis = time => toTheMilli.format(new Date(time));
/** The time, with the day if it is not today. */
export const moment = known(time => {
  const date = new Date(time);
  return (date.toDateString() === new Date().toDateString() ? toTheSecond : dayAndTime).format(date);
});
export const between = (from, to) => (from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : null);

/** What tells two ids apart at a glance: those of one day begin alike. */
export const shortId = id => (id.length > 20 ? `…${id.slice(-8)}` : id);
