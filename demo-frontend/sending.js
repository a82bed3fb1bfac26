// The key of the text that is sent: the same for as long as that has no answer, as it may have arrived all the same and is to be left
// once. The browser keeps the text of a page that is left in its box, so its key, never the text, is kept as well.
import { newKey } from './api.js';

const kept = 'recado.sending';
let sending = { text: '', key: '' };

export function keyOf(text) {
  if (sending.text !== text) sending = { text, key: newKey() };
  return sending.key;
}

export function answered() {
  sending = { text: '', key: '' };
}

/** The page is left with this text in its box. */
export function keep(text) {
  try {
    sessionStorage.setItem(kept, sending.text === text ? sending.key : '');
  } catch {
    // The text may be left twice, after a reload without an answer.
  }
}

/** The page is there, with this text in its box. */
export function resume(text) {
  try {
    const key = sessionStorage.getItem(kept);
    if (key) sending = { text, key };
  } catch {
    // Then nothing was kept.
  }
}
