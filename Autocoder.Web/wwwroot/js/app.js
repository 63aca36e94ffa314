// What the page does without the server: custom elements that own their lifetime, copying, the theme, reconnecting.
import './follow-scroll.js';
import './small-elements.js';
import './cite-peek.js';
import { startBlazor } from './reconnect.js';

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy], [data-skip], [data-toggle-rail], [data-reload]');
  if (!button) return;
  if (button.hasAttribute('data-copy')) await copy(button);
  if (button.hasAttribute('data-toggle-rail')) window.autocoderTheme.toggleRail();
  if (button.hasAttribute('data-reload')) location.reload();
  if (button.hasAttribute('data-skip')) {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }
});

async function copy(button) {
  const source = button.dataset.copy === 'code' ? button.closest('figure')?.querySelector('code')
    : button.closest('[data-copy-scope]')?.querySelector('[data-copy-source]');
  const label = button.dataset.label ??= button.getAttribute('aria-label') ?? button.textContent;
  let said = 'Copied';
  try {
    await navigator.clipboard.writeText(source?.innerText ?? '');
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
