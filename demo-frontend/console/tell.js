// What the console says of what was just done: in words that stay, and are read out.
import { show } from './dom.js';
import { say } from './words.js';

const told = document.getElementById('told');
const trouble = document.getElementById('trouble');
const announcer = document.getElementById('announcer');

export function tell(words) {
  show(trouble, '');
  show(told, words);
}

/** Only read out: for what is to be seen elsewhere. */
export const announce = words => show(announcer, words);

/** Says why something did not work, and what was done before. A missing sign-in shows itself, so it needs no words. */
export function fail(error, before = '') {
  if (error.status === undefined) throw error;
  show(told, before);
  show(trouble, error.status === 401 ? '' : because(error));
}

export function clear() {
  show(told, '');
  show(trouble, '');
}

export const because = ({ code, message }) => (typeof say.trouble[code] === 'string' ? say.trouble[code] : say.trouble.other(message));
