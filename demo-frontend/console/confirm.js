import { h } from './dom.js';
import { say } from './words.js';

/** Asks before something is done; answers whether it is to be done. Escape and the first button leave things as they are. */
export function confirm(title, words, deed) {
  return new Promise(resolve => {
    const dialog = h('dialog', { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-words' },
      h('h2', { id: 'ask-title' }, title),
      h('p', { id: 'ask-words' }, words),
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'quiet', 'data-deed': 'keep', onclick: () => dialog.close() }, say.pause.keep),
        h('button', { type: 'button', class: 'primary', 'data-deed': 'do', onclick: () => dialog.close('do') }, deed)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'do');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
