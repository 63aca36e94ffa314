// Hears the keys of commands, and buttons with data-command. The server says which keys do something now.
import { chordOf, isMac, isPlain } from '../../js/chord.js';

export const create = (server, paletteId) => new Keys(server, paletteId);

class Keys {
  #server; #paletteId;
  #bindings = new Map();
  #plain = true;
  #events = new AbortController();

  constructor(server, paletteId) {
    this.#server = server;
    this.#paletteId = paletteId;
    const on = (name, handler) => document.addEventListener(name, handler, { signal: this.#events.signal });
    on('keydown', event => this.#onKey(event));
    on('click', event => {
      const command = event.target.closest?.('[data-command]')?.dataset.command;
      if (command) this.#run(command);
    });
  }

  isMac() { return isMac; }

  keys(bindings, plain) {
    this.#plain = plain;
    this.#bindings.clear();
    for (const [chord, command] of bindings) if (!this.#bindings.has(chord)) this.#bindings.set(chord, command);
    document.documentElement.dataset.keys = [...new Set(this.#bindings.values())].join(' ');
  }

  theme(choice) { window.autocoderTheme.set(choice); }

  toggleRail() { window.autocoderTheme.toggleRail(); }

  dispose() { this.#events.abort(); }

  #onKey(event) {
    if (event.defaultPrevented || event.isComposing || event.target.closest?.('[data-takes-keys]')) return;
    const chord = chordOf(event);
    const command = chord && this.#bindings.get(chord);
    if (!command) return;
    if (isPlain(chord) && (!this.#plain || isTyping(event))) return;
    const palette = paletteDialog();
    if (isModal() && !(command === this.#paletteId && palette?.open)) return;
    event.preventDefault();
    if (!event.repeat) this.#run(command);
  }

  // The palette is there before the server has heard of it; what it lists comes from the server.
  #run(command) {
    const palette = paletteDialog();
    if (command === this.#paletteId && palette?.open) {
      palette.close();
      return;
    }

    if (command === this.#paletteId) palette?.openNow?.();
    this.#server.invokeMethodAsync('RunAsync', command).catch(() => {});
  }
}

const paletteDialog = () => document.querySelector('dialog[data-palette]');

const isModal = () => document.querySelector('dialog:modal, .rz-dialog-wrapper, .rz-dialog') !== null;

// Cards that wait for an answer have keys of their own.
function isTyping(event) {
  const target = event.composedPath()[0];
  return target.closest?.('[data-approval], form.question') != null
    || target.isContentEditable
    || /^(?:TEXTAREA|SELECT)$/.test(target.tagName)
    || (target.tagName === 'INPUT' && !/^(?:checkbox|radio|button|submit|reset|file)$/.test(target.type));
}
