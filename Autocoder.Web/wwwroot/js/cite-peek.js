// <cite-peek>: a link with the cited lines beside it. They show while the pointer or the focus is on either, stay while one
// reads them, and go by Escape. Without this script the link works all the same.
customElements.define('cite-peek', class extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.addEventListener('pointerenter', event => { if (event.pointerType !== 'touch') this.#soon(() => this.#show(), 150); });
    this.addEventListener('pointerleave', () => this.#soon(() => this.#hide(), 200));
    this.addEventListener('focusin', event => { if (event.target.matches(':focus-visible')) this.#show(); });
    this.addEventListener('focusout', () => this.#hide());
    this.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !this.#peek?.matches(':popover-open')) return;
      event.stopPropagation();
      this.#hide();
    });
  }

  disconnectedCallback() { clearTimeout(this.#timer); }

  get #peek() { return this.querySelector('[popover]'); }

  #soon(action, after) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, after);
  }

  #show() {
    clearTimeout(this.#timer);
    const peek = this.#peek;
    if (!peek || !this.isConnected || peek.matches(':popover-open')) return;
    peek.showPopover();
    const link = this.querySelector('a').getBoundingClientRect();
    const below = link.bottom + 4 + peek.offsetHeight < innerHeight;
    peek.style.top = `${below ? link.bottom + 4 : Math.max(8, link.top - 4 - peek.offsetHeight)}px`;
    peek.style.left = `${Math.max(8, Math.min(link.left, innerWidth - peek.offsetWidth - 8))}px`;
  }

  #hide() {
    clearTimeout(this.#timer);
    if (this.#peek?.matches(':popover-open')) this.#peek.hidePopover();
  }
});
