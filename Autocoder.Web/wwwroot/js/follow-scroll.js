// <follow-scroll>: a scroll area that follows new content only while the reader is near its end. Otherwise a button counts
// the new rows. Rows added above ("Show earlier") do not move what is being read. The button lives in the shadow tree,
// where Blazor's rendering does not meet it.
const Slack = 80;
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; position: relative; min-height: 0; }
  .scroller { height: 100%; overflow-y: auto; overflow-anchor: none; overscroll-behavior: contain; scrollbar-gutter: stable; }
  .scroller:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
  button { position: absolute; left: 50%; bottom: 0.75rem; translate: -50% 0; padding: 0.3rem 0.9rem; border-radius: 999px;
    border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); font: 600 0.85rem var(--font);
    cursor: pointer; box-shadow: var(--shadow-2); }
  button[hidden] { display: none; }
`);

customElements.define('follow-scroll', class extends HTMLElement {
  #scroller;
  #pill;
  #following = true;
  #top = 0;
  #seen = 0;
  #anchor = null;
  #queued = false;
  #content = new MutationObserver(() => this.#queue());
  #size = new ResizeObserver(() => this.#queue());

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#scroller = document.createElement('div');
    this.#scroller.className = 'scroller';
    this.#scroller.tabIndex = 0;
    this.#scroller.append(document.createElement('slot'));
    this.#pill = document.createElement('button');
    this.#pill.type = 'button';
    this.#pill.hidden = true;
    this.#pill.addEventListener('click', () => this.toEnd());
    root.append(this.#scroller, this.#pill);
  }

  connectedCallback() {
    const label = this.getAttribute('aria-label');
    if (label) this.#scroller.setAttribute('aria-label', label);
    this.#scroller.setAttribute('role', 'region');
    this.#content.observe(this, { childList: true, subtree: true, characterData: true });
    this.#size.observe(this);
    this.#scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#queue();
  }

  disconnectedCallback() {
    this.#content.disconnect();
    this.#size.disconnect();
    this.#scroller.removeEventListener('scroll', this.#onScroll);
  }

  toEnd() {
    this.#following = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#settle();
  }

  // Only a reader moves up. Being far from the end is no sign of one: the event comes a frame late, and by then new rows,
  // or a question card that takes room, may have moved the end away.
  #onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const isNearEnd = scrollHeight - scrollTop - clientHeight < Slack;
    this.#following = isNearEnd || (this.#following && scrollTop >= this.#top);
    this.#top = scrollTop;
    this.#settle();
  };

  // Once per frame, and before it is painted.
  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => {
      this.#queued = false;
      this.#update();
    });
  }

  #update() {
    if (this.#following) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    } else if (this.#anchor?.row.isConnected) {
      const moved = this.#anchor.row.getBoundingClientRect().top - this.#anchor.top;
      const isAbove = this.#anchor.index !== [...this.#rows()].indexOf(this.#anchor.row);
      if (isAbove && Math.abs(moved) > 1) this.#scroller.scrollTop += moved;
    }

    this.#settle();
  }

  #rows() { return this.querySelectorAll('[data-row]'); }

  #settle() {
    const rows = this.#rows();
    if (this.#following) {
      this.#seen = rows.length ? Number(rows[rows.length - 1].dataset.row) : 0;
      this.#anchor = null;
    } else {
      const top = this.#scroller.getBoundingClientRect().top;
      const index = [...rows].findIndex(candidate => candidate.getBoundingClientRect().bottom > top);
      this.#anchor = index >= 0 ? { row: rows[index], top: rows[index].getBoundingClientRect().top, index } : null;
    }

    let fresh = 0;
    for (let i = rows.length - 1; i >= 0 && Number(rows[i].dataset.row) > this.#seen; i--) fresh++;
    this.#pill.hidden = this.#following;
    this.#pill.textContent = fresh ? `↓ ${fresh} new` : '↓ Latest';
  }
});
