// Keys pressed together, written as Autocoder.Web/Commands/Chord.cs reads them.
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const Silent = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified', 'NumLock', 'Fn']);

// Null for a modifier alone, and for a sign that is typed with AltGr.
export function chordOf(event) {
  if (Silent.has(event.key) || event.getModifierState?.('AltGraph')) return null;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (!isMac && event.metaKey) return null;
  const key = keyOf(event);
  if (!key) return null;

  // A sign such as ? says by itself that Shift was held; a letter, a digit or a named key does not.
  const saysShift = key.length === 1 && !/[A-Z0-9]/.test(key);
  return [mod && 'Mod', isMac && event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && !saysShift && 'Shift', key]
    .filter(Boolean).join('+');
}

function keyOf(event) {
  if (event.key === ' ') return 'Space';
  if (/^[a-z0-9]$/i.test(event.key)) return event.key.toUpperCase();

  // Held keys change what is typed (Alt on a Mac, Shift on a digit), and other scripts have other letters: then the place counts.
  const placed = event.altKey || event.ctrlKey || event.metaKey ? /^(?:Key|Digit)(.)$/.exec(event.code) : null;
  return placed ? placed[1] : event.key.length === 1 ? event.key.toUpperCase() : event.key;
}

// Whether a key alone would not type anything.
export const isPlain = chord => !/^(?:Mod|Ctrl|Alt)\+/.test(chord);
