// The last messages of this browser: id, time and short state, never a text. Storage may be full, forbidden or filled with anything by
// anybody; then the page works without it.

const key = 'recado.messages';
const limit = 20;
const states = ['queued', 'processing', 'succeeded', 'failed', 'canceled', 'expired', 'purged', 'unknown'];

/** Newest first. */
export function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return Array.isArray(kept) ? kept.filter(looksRight).slice(0, limit).map(pick) : [];
  } catch {
    return [];
  }
}

export function remember(message) {
  change(kept => [message, ...kept.filter(entry => entry.id !== message.id)]);
}

/** Notes a new state, unless another tab has forgotten the message. */
export function revise(message) {
  change(kept => kept.map(entry => (entry.id === message.id ? message : entry)));
}

export function drop(message) {
  change(kept => kept.filter(entry => entry.id !== message.id));
}

// Read, change, write: several tabs share one list.
function change(edit) {
  try {
    localStorage.setItem(key, JSON.stringify(edit(remembered()).slice(0, limit).map(pick)));
  } catch {
    // Nothing is lost but the list after a reload.
  }
}

const looksRight = entry => typeof entry?.id === 'string' && Number.isFinite(entry.sentAt) && states.includes(entry.state);
const pick = ({ id, sentAt, state }) => ({ id, sentAt, state });
