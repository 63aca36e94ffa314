const clockOf = seconds => {
  const rest = String(seconds % 60).padStart(2, '0');
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${rest}`
    : `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${rest}`;
};

// <elapsed-time since="unix ms"> counts up, <count-down until="unix ms"> counts down: by themselves, and the server sends
// the moment once.
class Ticking extends HTMLElement {
  static observedAttributes = ['since', 'until'];
  #timer = 0;

  connectedCallback() {
    this.#timer = setInterval(() => this.#show(), 1000);
    this.#show();
  }

  disconnectedCallback() { clearInterval(this.#timer); }

  attributeChangedCallback() { this.#show(); }

  #show() { this.setAttribute('data-shown', this.text()); }
}

customElements.define('elapsed-time', class extends Ticking {
  text() { return clockOf(Math.max(0, Math.floor((Date.now() - Number(this.getAttribute('since'))) / 1000))); }
});

customElements.define('count-down', class extends Ticking {
  text() {
    const seconds = Math.ceil((Number(this.getAttribute('until')) - Date.now()) / 1000);
    return seconds > 0 ? clockOf(seconds) : 'a moment';
  }
});

// <local-time at="unix ms" format="time|day">: in the reader's own time zone and language.
customElements.define('local-time', class extends HTMLElement {
  static observedAttributes = ['at'];

  connectedCallback() { this.#show(); }

  attributeChangedCallback() { this.#show(); }

  #show() {
    const at = new Date(Number(this.getAttribute('at')));
    this.setAttribute('data-shown', at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
    this.title = at.toLocaleString();
  }
});

// <submit-on-enter>: Enter in a text area sends its form, Shift+Enter makes a line, and an input method keeps its Enter.
customElements.define('submit-on-enter', class extends HTMLElement {
  constructor() {
    super();
    this.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.target.tagName !== 'TEXTAREA') return;
      event.preventDefault();
      event.target.dispatchEvent(new Event('change', { bubbles: true }));
      event.target.form?.requestSubmit();
    });
  }
});

// <theme-switch>: works on the buttons it is given, without the server.
customElements.define('theme-switch', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', this.#onClick);
    addEventListener('themechange', this.#onChange);
    queueMicrotask(() => this.#show());
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.#onClick);
    removeEventListener('themechange', this.#onChange);
  }

  #onClick = event => {
    const choice = event.target.closest('[data-choice]')?.dataset.choice;
    if (choice) window.autocoderTheme.set(choice);
  };

  #onChange = () => this.#show();

  #show() {
    for (const button of this.querySelectorAll('[data-choice]')) {
      button.setAttribute('aria-pressed', String(button.dataset.choice === window.autocoderTheme.get()));
    }
  }
});

// <popup-menu>: places its popover at its button, moves by arrow keys, and closes when something was chosen.
customElements.define('popup-menu', class extends HTMLElement {
  connectedCallback() {
    queueMicrotask(() => this.querySelector('[popover]')?.addEventListener('toggle', event => this.#onToggle(event)));
    this.addEventListener('keydown', event => this.#onKey(event));
    this.addEventListener('click', event => {
      if (event.target.closest('[role=menuitem]')) this.#menu.hidePopover();
    });
  }

  get #menu() { return this.querySelector('[popover]'); }

  get #items() { return [...this.#menu.querySelectorAll('[role=menuitem]')]; }

  #onToggle(event) {
    if (event.newState !== 'open') return;
    const button = this.querySelector('button').getBoundingClientRect();
    const menu = this.#menu;
    const below = button.bottom + 4 + menu.offsetHeight < innerHeight;
    menu.style.top = `${below ? button.bottom + 4 : Math.max(8, button.top - 4 - menu.offsetHeight)}px`;
    menu.style.left = `${Math.max(8, Math.min(button.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
    this.#items[0]?.focus();
  }

  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.#menu.matches(':popover-open')) return;
    event.preventDefault();
    const items = this.#items;
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  }
});
