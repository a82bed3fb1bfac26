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

/** Says why something did not work, and what was done before. */
export function fail(error, before = '') {
  const words = reason(error);
  show(told, before);
  show(trouble, words);
}

/** For what a view asks again and again: says why that did not work until it does, or something else is said. */
export function openTrouble() {
  let said = '';
  function tell(error) {
    said = reason(error);
    show(trouble, said);
  }
  function over() {
    if (said && trouble.textContent === said) show(trouble, '');
    said = '';
  }
  return { tell, over };
}

export function clear() {
  show(told, '');
  show(trouble, '');
}

/** A missing sign-in shows itself, so it needs no words. */
function reason(error) {
  if (error.status === undefined) throw error;
  return error.status === 401 ? '' : because(error);
}

export const because = ({ code, message }) => (typeof say.trouble[code] === 'string' ? say.trouble[code] : say.trouble.other(message));
