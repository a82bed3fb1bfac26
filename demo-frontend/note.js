// One message on the page.
import { isDone } from './follow.js';
import { locale, say } from './strings.js';

const template = document.getElementById('note');
const timeOfDay = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const number = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** Builds the element of a message; `deeds` are what its buttons do: cancel, again, forget. */
export function createNote(message, deeds) {
  const element = template.content.firstElementChild.cloneNode(true);
  const find = name => element.querySelector(`.${name}`);
  const whole = find('note-whole');
  element.dataset.id = message.id;
  const time = find('note-time');
  time.dateTime = new Date(message.sentAt).toISOString();
  time.textContent = when(message.sentAt);
  whole.addEventListener('click', () => {
    const open = element.classList.toggle('note-open-wide');
    whole.setAttribute('aria-expanded', String(open));
    whole.textContent = open ? say.showLess : say.showWhole;
  });
  whole.textContent = say.showWhole;
  return { element, details: element.querySelector('details'), find, deeds };
}

export function renderNote(note, message) {
  const { find } = note;
  const live = !isDone(message);
  note.element.dataset.state = message.state;
  show(find('note-text'), message.text ?? say.untitled);
  find('note-text').classList.toggle('note-text-missing', message.text == null);
  show(find('note-state'), say.state[message.state]);
  find('live').hidden = !live;
  if (live) show(find('live-what'), say.live[message.trouble ?? message.state](message.position));
  const answer = message.answer ?? ((live && message.partial) || undefined);
  find('answer').hidden = answer === undefined;
  find('answer').ariaBusy = String(live);
  show(find('answer'), answer ?? '');
  renderOutcome(find, message);
  show(find('meta'), meta(message));
  renderActions(note, message);
  renderElapsed(note, message);
}

export function renderElapsed(note, message) {
  if (isDone(message)) return;
  const seconds = Math.max(0, Math.floor((Date.now() - message.sentAt) / 1000));
  const pad = value => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  show(note.find('live-elapsed'), hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`);
}

/** Offers the rest of a long text, once it can be measured: when the note is open. */
export function offerWhole(note) {
  const text = note.find('note-text');
  if (note.element.classList.contains('note-open-wide')) return;
  note.find('note-whole').hidden = !(note.details.open && text.scrollHeight > text.clientHeight + 1);
}

function renderOutcome(find, message) {
  // A failure that is purged is no longer told as one.
  const error = message.state === 'failed' ? message.error : null;
  const words = message.complaint ?? say.failure[error?.code] ?? say.outcome[message.state];
  find('outcome').hidden = !words;
  show(find('outcome-words'), words ?? '');
  find('outcome-detail').hidden = !error;
  if (error) show(find('outcome-detail'), [error.code, error.message].filter(Boolean).join(': '));
}

function meta({ state, model, usage, runMs }) {
  if (state !== 'succeeded') return '';
  const tokens = usage?.total_tokens != null && say.tokens(...[usage.total_tokens, usage.prompt_tokens, usage.completion_tokens].map(format));
  return [model === 'echo' ? say.echoModel : model, tokens, runMs != null && took(runMs)].filter(Boolean).join(' · ');
}

function renderActions({ find, deeds }, message) {
  const wanted = isDone(message) ? [] : ['cancel'];
  if (message.answer !== undefined) wanted.push('copy');
  if (['failed', 'canceled', 'expired'].includes(message.state)) wanted.push('again');
  wanted.push('forget');
  const actions = find('actions');
  const present = [...actions.children].map(button => button.dataset.deed);
  if (wanted.join() !== present.join()) actions.replaceChildren(...wanted.map(deed => actionButton(deed, deeds[deed])));
}

function actionButton(deed, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.dataset.deed = deed;
  button.textContent = say[deed];
  button.addEventListener('click', () => act(button));
  return button;
}

// What has not changed of a text is left alone, so a selection in it survives the next poll, and the next word of an answer.
function show(element, text) {
  const before = element.textContent;
  if (before === text) return;
  if (before && text.startsWith(before)) element.append(text.slice(before.length));
  else element.textContent = text;
}

const took = ms => (ms < 1000 ? `${ms} ms` : `${tenths.format(ms / 1000)} s`);
const format = value => (value == null ? '?' : number.format(value));
const when = time => (new Date(time).toDateString() === new Date().toDateString() ? timeOfDay : dayAndTime).format(time);
