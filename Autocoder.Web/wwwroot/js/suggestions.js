// What can be put in while one writes: commands after a slash that begins the text, files after an at sign. The text lives in the
// browser, so this does too; what there is to choose comes from the server.
const Pause = 60;

export class Suggestions {
  #area; #list; #said; #ask; #submit;
  #items = [];
  #active = 0;
  #begun = null;
  #timer = 0;
  #dismissed = '';

  constructor({ area, list, said, ask, submit, signal }) {
    [this.#area, this.#list, this.#said, this.#ask, this.#submit] = [area, list, said, ask, submit];
    area.addEventListener('input', () => this.#look(), { signal });
    area.addEventListener('blur', () => this.hide(), { signal });
    area.addEventListener('click', () => this.#look(), { signal });
    list.addEventListener('mousedown', event => event.preventDefault(), { signal });
    list.addEventListener('click', event => {
      const index = [...list.children].indexOf(event.target.closest('[role=option]'));
      if (index >= 0) this.#accept(this.#items[index]);
    }, { signal });
  }

  // Whether a key was meant for the list.
  takes(event) {
    if (this.#list.hidden || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#active = (this.#active + step + this.#items.length) % this.#items.length;
      this.#mark();
    } else if (event.key === 'Escape') {
      this.#dismissed = this.#begun?.all ?? '';
      this.hide();
    } else if ((event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      this.#accept(this.#items[this.#active]);
    } else {
      return false;
    }

    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  hide() {
    clearTimeout(this.#timer);
    this.#begun = null;
    if (this.#list.hidden) return;
    this.#list.hidden = true;
    this.#said.textContent = '';
    this.#area.removeAttribute('aria-activedescendant');
  }

  #read() {
    const before = this.#area.value.slice(0, this.#area.selectionStart);
    if (this.#area.selectionStart !== this.#area.selectionEnd) return null;
    const slash = /^\/([\w-]*)$/.exec(before);
    if (slash) return { sign: '/', letters: slash[1], start: 0, all: before };
    const file = /(?:^|[\s(])@([^\s@"]*)$/.exec(before);
    return file && { sign: '@', letters: file[1], start: before.length - file[1].length - 1, all: before };
  }

  #look() {
    clearTimeout(this.#timer);
    const begun = this.#read();
    if (!begun || begun.all === this.#dismissed) {
      this.hide();
      return;
    }

    this.#begun = begun;
    this.#timer = setTimeout(async () => {
      const items = await this.#ask(begun.sign, begun.letters).catch(() => []);
      if (this.#begun !== begun) return;
      items.length ? this.#show(items, begun) : this.hide();
    }, Pause);
  }

  #show(items, begun) {
    [this.#items, this.#active] = [items, 0];
    this.#list.replaceChildren(...items.map((item, index) => {
      const option = document.createElement('div');
      option.id = `${this.#list.id}-${index}`;
      option.setAttribute('role', 'option');
      const [label, detail] = [document.createElement('span'), document.createElement('small')];
      label.textContent = item.label;
      detail.textContent = item.detail;
      option.append(label, detail);
      return option;
    }));
    this.#list.hidden = false;
    this.#said.textContent = `${items.length} ${begun.sign === '/' ? 'commands' : 'files'}. Arrows choose, Enter takes.`;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((option, index) => option.setAttribute('aria-selected', String(index === this.#active)));
    const option = this.#list.children[this.#active];
    this.#area.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  #accept(item) {
    const { sign, start } = this.#begun;
    const end = this.#area.selectionStart;
    this.hide();
    this.#area.setRangeText(item.isWhole && sign === '/' ? item.text : `${item.text} `, start, end, 'end');
    this.#dismissed = item.text;
    this.#area.dispatchEvent(new Event('input', { bubbles: true }));
    if (item.isWhole && sign === '/') this.#submit();
  }
}
