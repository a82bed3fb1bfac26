// The overview, once a second, from the server's stream. Where a stream does not come through, it is asked for now and then, and the
// page says that it is not live. A hidden tab hears nothing and asks nothing.
import * as http from './http.js';

const longestSilence = 5_000;
const firstWait = 1_000;
const longestWait = 10_000;

const listeners = new Set();
let source = null;
let watch = 0;
let wait = firstWait;
let running = false;
let heard = false;
let latest = null;
let told = () => {};

/** The last overview there was; null before the first. */
export const current = () => latest;

/** Calls `listener` with each overview, and with the last one at once; the answer ends that. */
export function hear(listener) {
  listeners.add(listener);
  if (latest) listener(latest);
  return () => listeners.delete(listener);
}

/** Begins. `state` is told true when the stream is there, and false when it is not. */
export function start(state) {
  told = state;
  running = true;
  if (!document.hidden) open();
}

export function stop() {
  running = false;
  close();
}

function open() {
  close();
  heard = false;
  source = http.live();
  source.addEventListener('overview', event => {
    wait = firstWait;
    heard = true;
    expect(longestSilence, lost);
    take(JSON.parse(event.data));
    told(true);
  });
  source.onerror = () => (heard ? open() : lost());
  expect(longestSilence, lost);
}

function close() {
  source?.close();
  source = null;
  clearTimeout(watch);
}

// The browser would try again by itself, but not after every refusal, and never after a silence. A stream that was heard and ends, as
// each does in time, is opened again at once, without a word.
function lost() {
  close();
  if (!running || document.hidden) return;
  told(false);
  expect(wait * (0.75 + Math.random() / 2), again);
  wait = Math.min(longestWait, wait * 2);
}

async function again() {
  try {
    take(await http.overview());
  } catch {
    // The stream will say whether the server is back.
  }
  if (running && !document.hidden) open();
}

function take(overview) {
  latest = overview;
  for (const listener of listeners) listener(overview);
}

function expect(milliseconds, act) {
  clearTimeout(watch);
  watch = setTimeout(act, milliseconds);
}

document.addEventListener('visibilitychange', () => {
  if (!running) return;
  if (document.hidden) close();
  else open();
});
