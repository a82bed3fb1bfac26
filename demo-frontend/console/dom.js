// Elements. What a client or a model wrote only ever becomes a text node.

/** An element with attributes (`onclick` and the like are listeners; null and false leave one out) and children (strings become text). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  fill(element, children);
  return element;
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(child => child != null && child !== false));
  return element;
}

/** Writes a text, unless it stands there already: a selection in it survives. */
export function show(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

/** A button; while what it does is under way it can be focused but does nothing. */
export function button(label, act, attributes = {}) {
  return h('button', { type: 'button', class: 'quiet', ...attributes, onclick: event => press(event.currentTarget, act) }, label);
}

async function press(pressed, act) {
  if (pressed.getAttribute('aria-disabled') === 'true') return;
  pressed.setAttribute('aria-disabled', 'true');
  try {
    await act(pressed);
  } finally {
    pressed.removeAttribute('aria-disabled');
  }
}

/** A table that scrolls by itself where it is wider than the screen, by keyboard too. `columns` are [heading, class]. */
export function table(label, columns, body) {
  const heads = columns.map(([heading, name]) => h('th', { scope: 'col', class: name }, heading));
  return h('div', { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': label }, h('table', {}, h('thead', {}, h('tr', {}, heads)), body));
}

/** Pairs of a name and what it stands for; pairs without a value are left out. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value != null && value !== '');
  return h('dl', { class: 'facts' }, known.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}
