// Hears an answer while it is given. One at a time: a browser keeps few connections to a server, and all its tabs share them.
import * as api from './api.js';

const mostFailures = 3;
const openWithin = 5_000;
const longestSilence = 30_000;
let current = null;

/** Listens until the answer is complete (true), or until it is time to ask again (false). */
export function listen(message, changed) {
  if (current || document.hidden || message.state !== 'processing' || message.unheard >= mostFailures) return Promise.resolve(false);
  return new Promise(resolve => {
    const source = api.events(message.id, message.place);
    const hidden = () => document.hidden && end(false);
    let alarm = setTimeout(failed, openWithin);

    function end(complete) {
      source.close();
      clearTimeout(alarm);
      document.removeEventListener('visibilitychange', hidden);
      current = null;
      resolve(complete);
    }

    function failed() {
      message.unheard = (message.unheard ?? 0) + 1;
      end(false);
    }

    // A proxy that keeps everything back, or a server that is gone without a word: polling tells them apart.
    function patient() {
      clearTimeout(alarm);
      alarm = setTimeout(end, longestSilence, false);
    }

    function on(name, act) {
      source.addEventListener(name, event => {
        message.place = event.lastEventId;
        message.unheard = 0;
        patient();
        act(JSON.parse(event.data));
      });
    }

    current = { message, end };
    source.onopen = patient;
    source.onerror = failed;
    document.addEventListener('visibilitychange', hidden);
    on('status', ({ status }) => status === 'processing' || end(false));
    on('output', ({ delta }) => show((message.partial ?? '') + delta));
    on('reset', () => show(''));
    on('completed', () => end(true));

    function show(text) {
      message.partial = text;
      changed(message);
    }
  });
}

/** Nobody wants to hear the rest of this one. */
export function stopListening(message) {
  if (current?.message === message) current.end(false);
}
