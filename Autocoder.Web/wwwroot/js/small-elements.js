// <elapsed-time since="unix ms">: counts by itself; the server sends the beginning once.
customElements.define('elapsed-time', class extends HTMLElement {
  static observedAttributes = ['since'];
  #timer = 0;

  connectedCallback() {
    this.#timer = setInterval(() => this.#show(), 1000);
    this.#show();
  }

  disconnectedCallback() { clearInterval(this.#timer); }

  attributeChangedCallback() { this.#show(); }

  #show() {
    const seconds = Math.max(0, Math.floor((Date.now() - Number(this.getAttribute('since'))) / 1000));
    const rest = String(seconds % 60).padStart(2, '0');
    const text = seconds < 3600 ? `${Math.floor(seconds / 60)}:${rest}`
      : `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${rest}`;
    this.setAttribute('data-shown', text);
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
    queueMicrotask(() => this.#show());
  }

  disconnectedCallback() { this.removeEventListener('click', this.#onClick); }

  #onClick = event => {
    const choice = event.target.closest('[data-choice]')?.dataset.choice;
    if (!choice) return;
    window.autocoderTheme.set(choice);
    this.#show();
  };

  #show() {
    for (const button of this.querySelectorAll('[data-choice]')) {
      button.setAttribute('aria-pressed', String(button.dataset.choice === window.autocoderTheme.get()));
    }
  }
});
