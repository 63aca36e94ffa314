// <panel-sash name min max [reverse] label>: the line between two panels. Dragged, or moved by arrow keys; a double click gives the usual
// size back. The browser remembers the sizes (js/theme.js brings them back before anything is painted). The panel is the element
// before the line, or after it with reverse.
const Step = 16;
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { position: relative; z-index: 3; width: 9px; margin-left: -5px; cursor: col-resize; touch-action: none; }
  :host::after { content: ""; position: absolute; inset: 0 4px; background: transparent; }
  :host(:hover)::after, :host(:focus-visible)::after, :host([data-moves])::after { background: var(--accent); inset: 0 3px; }
  :host(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -1px; }
`);

customElements.define('panel-sash', class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
    this.addEventListener('pointerdown', event => this.#drag(event));
    this.addEventListener('keydown', event => this.#onKey(event));
    this.addEventListener('dblclick', () => this.#keep(null));
    this.addEventListener('focus', () => this.#say());
  }

  connectedCallback() {
    this.tabIndex = 0;
    this.setAttribute('role', 'separator');
    this.setAttribute('aria-orientation', 'vertical');
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'Width');
    this.setAttribute('aria-valuemin', this.getAttribute('min'));
    this.setAttribute('aria-valuemax', this.getAttribute('max'));
    this.title = 'Drag to change the width; double click for the usual one';
    this.#say();
    requestAnimationFrame(() => this.#say());
  }

  get #panel() { return this.hasAttribute('reverse') ? this.nextElementSibling : this.previousElementSibling; }

  get #width() { return Math.round(this.#panel?.getBoundingClientRect().width ?? 0); }

  #drag(event) {
    if (event.button !== 0) return;
    const [start, from, sign] = [event.clientX, this.#width, this.hasAttribute('reverse') ? -1 : 1];
    let width = from;
    const moves = new AbortController();
    this.setPointerCapture(event.pointerId);
    this.toggleAttribute('data-moves', true);
    this.addEventListener('pointermove', move => {
      width = this.#show(from + sign * (move.clientX - start));
    }, { signal: moves.signal });
    const end = () => {
      moves.abort();
      this.removeAttribute('data-moves');
      if (width !== from) this.#keep(width);
    };
    this.addEventListener('lostpointercapture', end, { signal: moves.signal });
  }

  #onKey(event) {
    const sign = this.hasAttribute('reverse') ? -1 : 1;
    const to = {
      ArrowRight: this.#width + sign * Step, ArrowLeft: this.#width - sign * Step,
      Home: Number(this.getAttribute('min')), End: Number(this.getAttribute('max')),
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#keep(this.#show(to));
  }

  #show(wanted) {
    const width = Math.round(Math.min(Number(this.getAttribute('max')), Math.max(Number(this.getAttribute('min')), wanted)));
    document.documentElement.style.setProperty(`--panel-${this.getAttribute('name')}`, `${width}px`);
    this.#say();
    return width;
  }

  #keep(width) {
    if (width === null) document.documentElement.style.removeProperty(`--panel-${this.getAttribute('name')}`);
    window.autocoderTheme.keepPanel(this.getAttribute('name'), width);
    this.#say();
  }

  #say() { this.setAttribute('aria-valuenow', String(this.#width)); }
});
