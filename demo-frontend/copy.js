import { say } from './strings.js';

/** Copies the text of an element. The clipboard is missing on plain http; then the text is selected for the reader to copy. */
export async function copyText(element, button) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    button.textContent = say.copied;
  } catch {
    getSelection().selectAllChildren(element);
    button.textContent = document.execCommand('copy') ? say.copied : say.copyFailed;
  }
  setTimeout(() => (button.textContent = say.copy), 2000);
}
