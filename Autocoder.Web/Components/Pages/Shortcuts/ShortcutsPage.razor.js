import { chordOf, isMac } from '../../../js/chord.js';

export const isApple = () => isMac;

// The next keys that are pressed go to the server and do nothing else; Escape and leaving the field say that there are none.
export function take(field, server) {
  const events = new AbortController();
  const end = keys => {
    events.abort();
    server.invokeMethodAsync('PressedAsync', keys).catch(() => {});
  };
  field.addEventListener('keydown', event => {
    event.stopPropagation();
    const chord = chordOf(event);
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey) return;
    event.preventDefault();
    if (event.key === 'Escape') end(null);
    else if (chord) end(chord);
  }, { signal: events.signal });
  field.focus();
}
