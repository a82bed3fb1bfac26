// The reader's language, once for the whole console.
import { en } from './words-en.js';
import { pt } from './words-pt.js';

const preferred = (navigator.languages ?? [navigator.language]).find(tag => /^(pt|en)\b/i.test(tag)) ?? 'en';

export const portuguese = /^pt/i.test(preferred);
export const locale = preferred;
export const say = portuguese ? pt : en;

/** Puts the reader's language into the parts of the page that never change. */
export function translatePage() {
  document.documentElement.lang = portuguese ? 'pt-BR' : 'en';
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = find(element.dataset.say);
  for (const element of document.querySelectorAll('[data-say-label]')) element.setAttribute('aria-label', find(element.dataset.sayLabel));
}

const find = path => path.split('.').reduce((words, part) => words[part], say);
