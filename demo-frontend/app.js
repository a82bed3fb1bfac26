// Wires the page: the composer leaves messages, each is followed on its own, the list is remembered.
import * as api from './api.js';
import * as connection from './connection.js';
import { startComposer } from './composer.js';
import { copyText } from './copy.js';
import { collect, follow, isDone, recall } from './follow.js';
import { drop, remember, remembered, revise } from './history.js';
import { createNote, offerWhole, renderElapsed, renderNote } from './note.js';
import { hurry } from './pause.js';
import { stopListening } from './stream.js';
import { say, translatePage } from './strings.js';

const list = document.getElementById('notes');
const title = document.getElementById('notes-title');
const announcer = document.getElementById('announcer');
const entries = new Map();

function add(message) {
  const note = createNote(message, {
    cancel: button => cancel(message, button),
    copy: button => copyText(note.find('answer'), button),
    again: button => sendAgain(message, button),
    forget: () => forget(message),
  });
  entries.set(message.id, { message, note });
  note.details.addEventListener('toggle', () => {
    offerWhole(note);
    if (note.details.open && needsOutcome(message)) collect(message, update);
  });
  update(message);
  return note;
}

function update(message) {
  const entry = entries.get(message.id);
  if (!entry) return;
  const before = entry.note.element.dataset.state;
  const focused = entry.note.find('actions').contains(document.activeElement);
  if (before && before !== message.state) message.complaint = null;
  renderNote(entry.note, message);
  offerWhole(entry.note);
  if (focused && !entry.note.find('actions').contains(document.activeElement)) focusOn(entry.note);
  if (before !== message.state) stateChanged(entry.note, message, before);
  showEcho();
}

function stateChanged(note, message, before) {
  revise(message);
  if (before) announce(say.announce[message.state]);
  if (note.details.open && needsOutcome(message)) collect(message, update);
}

const needsOutcome = message =>
  (message.state === 'succeeded' && message.answer === undefined) || (message.state === 'failed' && message.error === undefined);

function left({ job_id: id, text, queue_position: position, status }) {
  const message = { id, text, position, state: status, sentAt: Date.now() };
  const note = add(message);
  note.details.open = true;
  list.prepend(note.element);
  showList();
  remember(message);
  announce(say.announce.left);
  follow(message, update);
}

async function cancel(message, button) {
  const answer = await press(button, () => api.cancel(message.id));
  if (!answer) return;
  if (answer.status === 200) message.state = 'canceled';
  complain(message, answer.reply !== 'ok' && notDone(answer, say.trouble.cancel));
  stopListening(message);
  hurry();
}

async function sendAgain(message, button) {
  // Without an answer it may have arrived all the same, and is to be left once.
  message.againKey ??= api.newKey();
  const answer = await press(button, () => api.again(message.id, message.againKey));
  if (!answer) return;
  if (answer.status === 202) {
    message.againKey = null;
    left({ ...answer.body, text: message.text });
  }
  if (answer.status === 410) message.state = 'purged';
  complain(message, answer.status !== 202 && answer.status !== 410 && notDone(answer, say.trouble.retry));
}

function notDone({ reply, body }, unanswered) {
  if (reply === 'unreachable') return unanswered;
  return reply === 'busy' ? say.trouble.busy : say.trouble.other(body.error ?? body.title ?? '?');
}

/** One call at a time for each button; pressed again meanwhile, it answers null. */
async function press(button, act) {
  if (button.getAttribute('aria-disabled') === 'true') return null;
  button.setAttribute('aria-disabled', 'true');
  const answer = await act();
  button.removeAttribute('aria-disabled');
  if (answer.reply === 'unreachable') connection.lost();
  return answer;
}

function complain(message, words) {
  message.complaint = words || null;
  announce(words);
  update(message);
}

function forget(message) {
  const { note } = entries.get(message.id);
  const next = note.element.nextElementSibling ?? note.element.previousElementSibling;
  message.forgotten = true;
  stopListening(message);
  entries.delete(message.id);
  note.element.remove();
  drop(message);
  showList();
  (next?.querySelector('summary') ?? document.getElementById('text')).focus();
}

const focusOn = note => note.details.querySelector('summary').focus();
const inOrder = () => [...list.children].map(element => entries.get(element.dataset.id).message);

function showList() {
  document.getElementById('notes-section').hidden = entries.size === 0;
}

function announce(words) {
  if (words) announcer.textContent = words;
}

/** The latest answer tells which model is there now. */
function showEcho() {
  const banner = document.getElementById('echo');
  const latest = inOrder().find(message => message.state === 'succeeded' && message.model);
  banner.textContent = say.echo;
  banner.hidden = latest?.model !== 'echo';
}

function showConnection(lost) {
  const words = document.getElementById('offline-words');
  words.textContent = lost ? say.offline : '';
  words.hidden = document.getElementById('offline-retry').hidden = !lost;
  if (!lost) announce(say.online);
}

/** One after the other: a page that opens must not arrive as a burst of requests. */
async function recallAll(messages) {
  for (const message of messages) if (!isDone(message)) follow(message, update);
  for (const message of messages) await recall(message, update);
}

function restore() {
  const messages = remembered();
  for (const message of messages) {
    const note = add(message);
    list.append(note.element);
    note.details.open = !isDone(message) || message === messages[0];
  }
  showList();
  recallAll(messages);
}

function showCall() {
  const body = JSON.stringify({ text: say.exampleText });
  document.getElementById('call').textContent = `curl ${location.origin}/api/predict -H 'Content-Type: application/json' -d '${body}'`;
}

translatePage();
showCall();
connection.onChange(showConnection);
document.getElementById('offline-retry').addEventListener('click', hurry);
document.getElementById('forget-all').addEventListener('click', () => {
  for (const message of inOrder()) forget(message);
});
setInterval(() => document.hidden || entries.forEach(({ note, message }) => renderElapsed(note, message)), 1000);
startComposer(left);
restore();
