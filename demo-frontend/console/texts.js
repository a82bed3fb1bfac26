// A job's input and output, fetched only when somebody asks for them: they may be private.
import * as http from './http.js';
import { button, fill, h } from './dom.js';
import { fail } from './tell.js';
import { say } from './words.js';

export function openTexts(id) {
  const place = h('div');
  const ask = h('div', { class: 'actions' }, button(say.job.showTexts, fetch, { 'data-deed': 'texts' }), h('p', { class: 'fine' }, say.job.textsHint));
  const element = h('section', { class: 'panel', 'data-panel': 'texts', 'aria-labelledby': 'texts-title' }, h('h2', { id: 'texts-title' }, say.job.texts), ask, place);

  async function fetch() {
    try {
      const { input, output, metadata } = await http.texts(id);
      fill(place, part('input', say.job.input, input, 'text'), part('output', say.job.output, output, 'content'), metadata && part('metadata', say.job.metadata, metadata));
      place.querySelector('h3').focus();
    } catch (refusal) {
      fail(refusal);
    }
  }

  return { element };
}

/** The text as it is, then what else there is as JSON. Both are text nodes, whatever is in them. */
function part(name, title, value, main) {
  const text = typeof value === 'string' ? value : value?.[main];
  const others = value && typeof value === 'object' ? Object.entries(value).filter(([key, other]) => key !== main && key !== 'role' && other != null) : [];
  return h('div', { 'data-text': name },
    h('h3', { tabindex: -1 }, title),
    typeof text === 'string' && h('pre', { class: 'text', dir: 'auto' }, text),
    others.length > 0 && h('pre', { class: 'text text-more' }, JSON.stringify(Object.fromEntries(others), null, 2)),
    typeof text !== 'string' && !others.length && h('p', { class: 'fine' }, say.job.noText));
}
