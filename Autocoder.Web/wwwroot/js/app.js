// What the page does without the server: custom elements that own their lifetime, copying, the theme, reconnecting.
import './follow-scroll.js';
import './small-elements.js';
import './cite-peek.js';
import './panel-sash.js';
import { startBlazor } from './reconnect.js';

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy], [data-copy-link], [data-skip], [data-toggle-rail], [data-reload]');
  if (!button) return;
  if (button.hasAttribute('data-copy')) await copy(button);
  if (button.hasAttribute('data-copy-link')) await say(button, () => copyAddress(linkOf(button)));
  if (button.hasAttribute('data-toggle-rail')) window.autocoderTheme.toggleRail();
  if (button.hasAttribute('data-reload')) location.reload();
  if (button.hasAttribute('data-skip')) {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }
});

const copyAddress = address => navigator.clipboard.writeText(new URL(address, document.baseURI).href);

window.autocoderCopy = copyAddress;

const linkOf = button => `${button.closest('[data-address]').dataset.address}?at=${button.closest('[data-at]').dataset.at}`;

function copy(button) {
  const source = button.dataset.copy === 'code' ? button.closest('figure')?.querySelector('code')
    : button.closest('[data-copy-scope]')?.querySelector('[data-copy-source]');
  return say(button, () => navigator.clipboard.writeText(source?.innerText ?? ''));
}

// The button itself says for a moment how it went.
async function say(button, action) {
  const label = button.dataset.label ??= button.getAttribute('aria-label') ?? button.textContent;
  let said = 'Copied';
  try {
    await action();
  } catch {
    said = 'Not allowed';
  }

  const isIcon = button.hasAttribute('aria-label');
  isIcon ? button.setAttribute('aria-label', said) : button.textContent = said;
  button.toggleAttribute('data-copied', said === 'Copied');
  setTimeout(() => {
    isIcon ? button.setAttribute('aria-label', label) : button.textContent = label;
    button.removeAttribute('data-copied');
  }, 1500);
}

startBlazor();
