// Whether the server answers, known in one place. Whoever finds it silent calls `lost()` and gets a promise that resolves when it is
// back: one probe for the whole page, however many messages wait.
import * as api from './api.js';
import { pause } from './pause.js';

const firstWait = 500;
const longestWait = 8_000;

const listeners = [];
let recovery = null;

export const onChange = listener => listeners.push(listener);

export function lost() {
  recovery ??= recover();
  return recovery;
}

async function recover() {
  for (const listener of listeners) listener(true);
  for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
    await pause(wait * (0.75 + Math.random() / 2));
    if ((await api.hello()).reply !== 'unreachable') break;
  }
  recovery = null;
  for (const listener of listeners) listener(false);
}
