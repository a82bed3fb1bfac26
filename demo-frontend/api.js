// The calls this page makes. Each one, but for `events`, answers {reply, status, body, retryAfter}, where `reply` is
//   'ok'           an answer of the service, whatever it says
//   'busy'         the service asks to come again later (429, 503); retryAfter in seconds
//   'unreachable'  nobody there, or only a proxy that finds nobody behind it

const base = '/api';
const patience = 15_000;
const nobodyBehindTheProxy = [502, 504];
const ownWordsFor503 = ['queue_full', 'store_unavailable'];

export const leave = (text, key) => call('POST', '/predict', { text }, { 'Idempotency-Key': key });
export const result = id => call('GET', `/result/${encodeURIComponent(id)}`);
export const job = id => call('GET', `/jobs/${encodeURIComponent(id)}`);
export const cancel = id => call('POST', `/jobs/${encodeURIComponent(id)}/cancel`);
export const again = (id, key) => call('POST', `/jobs/${encodeURIComponent(id)}/retry`, undefined, { 'Idempotency-Key': key });
export const events = (id, after) =>
  new EventSource(`${base}/jobs/${encodeURIComponent(id)}/events${after ? `?after=${encodeURIComponent(after)}` : ''}`);
export const hello = () => call('GET', '/');

/** What is sent again under the same one is left once. crypto.randomUUID is missing where the page does not come over TLS. */
export const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

async function call(method, path, content, headers = {}) {
  try {
    const response = await fetch(base + path, {
      method,
      headers: content ? { ...headers, 'Content-Type': 'application/json' } : headers,
      body: content && JSON.stringify(content),
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(patience),
    });
    const body = await response.text();
    return read(response, parse(body));
  } catch {
    return { reply: 'unreachable' };
  }
}

function read(response, body) {
  const { status } = response;
  const answer = { reply: 'ok', status, body, retryAfter: seconds(response.headers.get('Retry-After')) };
  if (nobodyBehindTheProxy.includes(status)) return { ...answer, reply: 'unreachable' };
  if (status === 503 && !ownWordsFor503.includes(body.code)) return { ...answer, reply: 'unreachable' };
  if (status === 429 || status >= 500) return { ...answer, reply: 'busy' };
  return answer;
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Retry-After is a number of seconds or a date; null if there is none that makes sense. */
function seconds(header) {
  if (!header) return null;
  const value = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(value) ? Math.max(0, Math.ceil(value)) : null;
}
