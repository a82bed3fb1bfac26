// Where a message is written and sent. Text leaves the box only when the server has taken it.
import * as api from './api.js';
import * as connection from './connection.js';
import * as sending from './sending.js';
import { locale, say } from './strings.js';

const form = document.getElementById('composer');
const box = document.getElementById('text');
const button = document.getElementById('send');
const count = document.getElementById('count');
const trouble = document.getElementById('composer-trouble');
const limit = Number(box.dataset.limit);
const number = new Intl.NumberFormat(locale);

let busy = false;

/** Calls `left` with {job_id, text, …} for each message that the server has accepted. */
export function startComposer(left) {
  document.getElementById('hint').textContent = say.hint(/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ + Enter' : 'Ctrl + Enter');
  form.addEventListener('submit', event => {
    event.preventDefault();
    send(left);
  });
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    send(left);
  });
  box.addEventListener('input', showCount);
  // Chromium notes what is in a box a second after it was typed. To replace the entry makes it do so now, for who types and is gone.
  addEventListener('beforeunload', () => history.replaceState(history.state, ''));
  addEventListener('pagehide', () => sending.keep(box.value));
  // Not before: only now each browser has put back what was written here before.
  addEventListener('pageshow', () => {
    sending.resume(box.value);
    showCount();
  });
}

async function send(left) {
  const text = box.value;
  if (busy) return;
  if (!text.trim()) return complain(say.trouble.no_text);
  if (text.length > limit) return complain(say.trouble.payload_too_large);
  setBusy(true, say.sending);
  complain('');
  const answer = await api.leave(text, sending.keyOf(text));
  if (answer.status === 202) return accept(left, text, answer.body);
  if (answer.reply === 'unreachable') connection.lost();
  complain(words(answer));
  if (answer.reply === 'busy') await countDown(answer.retryAfter ?? 1);
  setBusy(false);
}

function accept(left, text, body) {
  sending.answered();
  // Whoever typed on while the message was under way keeps what came after it.
  box.value = box.value.startsWith(text) ? box.value.slice(text.length) : box.value;
  showCount();
  setBusy(false);
  left({ ...body, text });
}

function words({ reply, body }) {
  if (reply === 'unreachable') return say.trouble.unreachable;
  const known = say.trouble[body.code];
  return typeof known === 'string' ? known : say.trouble.other(body.error ?? body.title ?? '?');
}

async function countDown(seconds) {
  for (let left = seconds; left > 0; left--) {
    button.textContent = say.sendIn(left);
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

// aria-disabled, not disabled: a disabled button loses the keyboard's focus.
function setBusy(now, label = say.send) {
  busy = now;
  button.setAttribute('aria-disabled', String(now));
  button.textContent = label;
}

function complain(words) {
  trouble.textContent = words;
  if (words) box.setAttribute('aria-invalid', 'true');
  else box.removeAttribute('aria-invalid');
}

// Counted as the server counts: in UTF-16 units, which is what a string's length is.
function showCount() {
  const { length } = box.value;
  const excess = length - limit;
  count.hidden = length < limit * 0.8;
  count.classList.toggle('count-over', excess > 0);
  count.textContent = excess > 0 ? say.tooLong(number.format(excess)) : say.count(number.format(length), number.format(limit));
  if (length && [say.trouble.no_text, say.trouble.payload_too_large].includes(trouble.textContent)) complain('');
}
