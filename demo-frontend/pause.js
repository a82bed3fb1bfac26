// Waiting. A hidden tab asks nothing, so its pauses last until it is seen again; then, and when the network returns, they end at once.

const impatience = new EventTarget();

export const hurry = () => impatience.dispatchEvent(new Event('hurry'));

document.addEventListener('visibilitychange', () => document.hidden || hurry());
addEventListener('online', hurry);

/** Waits this long, or less if there is a reason to hurry. */
export function pause(milliseconds) {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      impatience.removeEventListener('hurry', end);
      resolve();
    };
    const timer = setTimeout(() => document.hidden || end(), milliseconds);
    impatience.addEventListener('hurry', end);
  });
}

/** Waits this long whatever happens: the server asked for it. */
export async function rest(milliseconds) {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
  if (document.hidden) await pause(0);
}
