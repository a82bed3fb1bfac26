// The calls of the console. Each answers the body, or throws a Refusal.

const base = '/api/console';
const patience = 15_000;

/** Hears 'signed-out' when a call was refused for want of a token. */
export const session = new EventTarget();

/** What the server said no with; status 0 if nobody answered. */
export class Refusal extends Error {
  constructor(status, { code = 'unreachable', error } = {}, retryAfter = null) {
    super(error ?? code);
    Object.assign(this, { status, code, retryAfter });
  }
}

export const who = () => call('GET', '/session');
export const signIn = token => call('POST', '/login', { token });
export const signOut = () => call('POST', '/logout');
export const overview = () => call('GET', '/overview');
export const live = () => new EventSource(`${base}/live`);
export const statistics = minutes => call('GET', `/statistics?minutes=${minutes}`);
export const jobs = query => call('GET', `/jobs?${new URLSearchParams(query)}`);
export const job = id => call('GET', `/jobs/${encodeURIComponent(id)}`);
export const texts = id => call('GET', `/jobs/${encodeURIComponent(id)}/texts`);
export const cancel = id => call('POST', `/jobs/${encodeURIComponent(id)}/cancel`);
/** Under the same key it is left once, however often it is asked for. */
export const retry = (id, key) => call('POST', `/jobs/${encodeURIComponent(id)}/retry`, undefined, { headers: { 'Idempotency-Key': key } });
export const retryFailed = which => call('POST', '/retry-failed', which, { within: 120_000 });
export const pause = () => call('POST', '/pause');
export const resume = () => call('POST', '/resume');
export const dead = limit => call('GET', `/dead?limit=${limit}`);
export const replay = which => call('POST', '/dead/replay', which);
export const discard = which => call('POST', '/dead/discard', which);

/** crypto.randomUUID is missing where the page does not come over TLS. */
export const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

async function call(method, path, content, { headers = {}, within = patience } = {}) {
  const { response, text } = await answer(method, path, content, headers, within);
  const body = parse(text);
  if (response.ok) return body;
  if (response.status === 401 && path !== '/login') session.dispatchEvent(new Event('signed-out'));
  throw new Refusal(response.status, body, Number(response.headers.get('Retry-After')) || null);
}

/** All of it: an answer that breaks off is none. */
async function answer(method, path, content, headers, within) {
  try {
    const response = await fetch(base + path, {
      method,
      headers: content ? { ...headers, 'Content-Type': 'application/json' } : headers,
      body: content && JSON.stringify(content),
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(within),
    });
    return { response, text: await response.text() };
  } catch {
    throw new Refusal(0);
  }
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
