import { h } from './dom.js';
import { say } from './words.js';

/** A state as a word with a mark; never by colour alone. */
export const stateMark = state => h('span', { class: 'state', 'data-state': state }, say.state[state] ?? state);
