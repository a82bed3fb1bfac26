// Where the reader is: #/, #/jobs?status=failed, #/jobs/<id>, #/failures, #/dead. Each can be linked and goes back and forth.

/** {view, id, query} of an address's hash. */
export function read(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view, id] = path.split('/').map(decode);
  return { view: id ? 'job' : view || 'overview', id, query: Object.fromEntries(new URLSearchParams(query)) };
}

export const toJob = id => `#/jobs/${encodeURIComponent(id)}`;

/** The list of jobs with these filters; empty ones are left out. */
export function toJobs(filters = {}) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  return `#/jobs${query.size ? `?${query}` : ''}`;
}

/** Those that failed with this code, or at all. What expired has an error code too, but is not a failed job. */
export function toFailed(code, filters = {}) {
  const which = code === 'deadline_exceeded' ? { status: 'expired' } : { status: 'failed', code };
  return toJobs({ ...which, ...filters });
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
