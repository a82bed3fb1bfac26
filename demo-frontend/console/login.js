// The way in. The token is sent once and kept nowhere; what remains is a cookie that no script can read.
import * as http from './http.js';
import { fill, h, show } from './dom.js';
import { because } from './tell.js';
import { say } from './words.js';

export function openLogin(container, words, entered) {
  const trouble = h('p', { class: 'trouble', role: 'alert', id: 'login-trouble' });
  const token = h('input', {
    id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', required: true, maxlength: 1000,
    'aria-describedby': 'token-hint login-trouble',
  });
  const send = h('button', { type: 'submit', class: 'primary' }, say.login.send);
  const form = h('form', { class: 'panel login', novalidate: true, onsubmit: submit },
    h('h1', {}, say.login.title),
    h('p', { class: 'fine' }, words || say.login.promise),
    h('label', { for: 'token' }, say.login.token), token,
    h('p', { class: 'fine', id: 'token-hint' }, say.login.hint),
    send, trouble);
  fill(container, form);
  token.focus();

  async function submit(event) {
    event.preventDefault();
    if (send.getAttribute('aria-disabled') === 'true') return;
    if (!token.value.trim()) return complain(say.login.empty);
    send.setAttribute('aria-disabled', 'true');
    try {
      await http.signIn(token.value.trim());
      token.value = '';
      entered();
    } catch (refusal) {
      token.value = '';
      complain(reason(refusal));
    }
    send.removeAttribute('aria-disabled');
  }

  function complain(reason) {
    show(trouble, reason);
    token.setAttribute('aria-invalid', 'true');
    token.focus();
  }
}

function reason(refusal) {
  if (refusal.status === 401) return say.login.wrong;
  return refusal.status === 429 ? say.login.wait(refusal.retryAfter ?? 1) : because(refusal);
}
