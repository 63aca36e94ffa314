// <follow-scroll>: a scroll area that follows new content only while the reader is near its end. Otherwise a button counts
// the new rows. Rows added above ("Show earlier") do not move what is being read. The button lives in the shadow tree,
// where Blazor's rendering does not meet it. With the attribute target it goes to the row that is marked as found (or to the
// end), and stays there while rows around it still take their height. With find it marks a phrase wherever it stands. With
// data-part nothing in it is the latest, and there is no button.
import { markPhrase, unmark } from './find-marks.js';

const Slack = 80;
const Margin = 24;
const Settling = 1500;
const Reading = ['wheel', 'touchmove', 'pointerdown', 'keydown'];
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
  static observedAttributes = ['target', 'find'];
  #scroller;
  #pill;
  #following = true;
  #top = 0;
  #seen = 0;
  #anchor = null;
  #queued = false;
  #aims = false;
  #aimedAt = 0;
  #marking = 0;
  #content = new MutationObserver(() => {
    this.#queue();
    this.#markSoon();
  });
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
    for (const name of Reading) this.addEventListener(name, this.#onReading, { passive: true });
    this.#queue();
    this.#markSoon();
  }

  disconnectedCallback() {
    this.#content.disconnect();
    this.#size.disconnect();
    this.#scroller.removeEventListener('scroll', this.#onScroll);
    for (const name of Reading) this.removeEventListener(name, this.#onReading);
    clearTimeout(this.#marking);
    unmark(this);
  }

  attributeChangedCallback(name, _, value) {
    if (name === 'find') {
      this.#markSoon();
    } else if (value) {
      this.#aims = value.startsWith('row:');
      this.#following = !this.#aims;
      this.#aimedAt = performance.now();
      this.#queue();
    }
  }

  #onReading = () => { this.#aims = false; };

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
    this.#following = !this.#aims && (isNearEnd || (this.#following && scrollTop >= this.#top));
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
    const found = this.#aims ? this.querySelector('[data-found]') : null;
    if (found) {
      this.#center(found);
    } else if (this.#following) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    } else if (this.#anchor?.row.isConnected) {
      const moved = this.#anchor.row.getBoundingClientRect().top - this.#anchor.top;
      const isAbove = this.#anchor.index !== [...this.#rows()].indexOf(this.#anchor.row);
      if (isAbove && Math.abs(moved) > 1) this.#scroller.scrollTop += moved;
    }

    this.#settle();
  }

  // What is taller than the area is shown from its beginning.
  #center(row) {
    const area = this.#scroller.getBoundingClientRect();
    const place = row.getBoundingClientRect();
    this.#scroller.scrollTop += place.top - area.top - Math.max(Margin, (area.height - place.height) / 2);
    if (performance.now() - this.#aimedAt > Settling) this.#aims = false;
  }

  // Marking walks through all that is drawn: a few times a second is enough.
  #markSoon() {
    const phrase = this.getAttribute('find');
    if (!phrase) {
      unmark(this);
      return;
    }

    this.#marking ||= setTimeout(() => {
      this.#marking = 0;
      markPhrase(this, this.getAttribute('find') ?? '');
    }, 120);
  }

  #rows() { return this.querySelectorAll('[data-row]'); }

  #settle() {
    const rows = this.#rows();
    if (!this.#following && !this.#seen && rows.length) this.#seen = Number(rows[rows.length - 1].dataset.row);
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
    this.#pill.hidden = this.#following || this.hasAttribute('data-part');
    this.#pill.textContent = fresh ? `↓ ${fresh} new` : '↓ Latest';
  }
});
