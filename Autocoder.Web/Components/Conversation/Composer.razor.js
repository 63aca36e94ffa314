// The text area of a conversation. The draft is kept by the browser, one for each conversation, until the server has
// confirmed that it keeps the message; the prompt's id belongs to the text, so sending again is recognised as a repeat.
import { Suggestions } from '../../js/suggestions.js';

export const create = (form, server, longest) => new Box(form, server, longest);

class Box {
  #form; #area; #server; #longest; #counter;
  #key = null;
  #draft = {};
  #state = '';
  #timer = 0;
  #steers = false;
  #suggestions;
  #events = new AbortController();

  constructor(form, server, longest) {
    this.#form = form;
    this.#area = form.querySelector('textarea');
    this.#counter = form.querySelector('[data-counter]');
    this.#server = server;
    this.#longest = longest;
    const on = (target, name, handler) => target.addEventListener(name, handler, { signal: this.#events.signal });
    this.#suggestions = new Suggestions({
      area: this.#area,
      list: form.querySelector('[data-suggest]'),
      said: form.querySelector('[data-suggested]'),
      ask: (sign, letters) => server.invokeMethodAsync('Suggest', sign, letters),
      submit: () => form.requestSubmit(),
      signal: this.#events.signal,
    });
    on(this.#area, 'input', () => this.#changed());
    on(this.#area, 'keydown', event => this.#onKey(event));
    on(this.#area, 'paste', event => this.#take(event, event.clipboardData));
    on(form, 'dragover', event => { if (this.#accepts()) { event.preventDefault(); form.classList.add('drop'); } });
    on(form, 'dragleave', () => form.classList.remove('drop'));
    on(form, 'drop', event => { form.classList.remove('drop'); this.#take(event, event.dataTransfer); });
    on(form, 'change', event => {
      if (!event.target.matches('[data-files]')) return;
      this.#upload([...event.target.files]);
      event.target.value = '';
    });
    on(window, 'pagehide', () => this.#save());
  }

  open(key) {
    // What was typed before the page had come to life belongs to the first draft.
    const typed = this.#key ? '' : this.#area.value;
    if (this.#key) this.#save();
    this.#key = `draft:${key}`;
    try {
      this.#draft = JSON.parse(sessionStorage.getItem(this.#key)) ?? {};
    } catch {
      this.#draft = {};
    }

    this.#area.value = (this.#draft.text ?? '') + typed;
    this.#fit();
    this.#state = this.#describe();
    return { isEmpty: this.#isEmpty(), isOver: this.#isOver(), attachments: this.#draft.attachments ?? [] };
  }

  promptId() {
    if (!this.#draft.id || this.#draft.idFor !== this.#area.value) {
      this.#draft.id = crypto.randomUUID();
      this.#draft.idFor = this.#area.value;
    }

    this.#save();
    return this.#draft.id;
  }

  // Whether what is being sent goes into the run: asked once for each time it is sent.
  steers() {
    const answer = this.#steers;
    this.#steers = false;
    return answer;
  }

  read() { return new Blob([this.#area.value]); }

  sent(promptId) {
    // What was typed while it was being sent is the next draft.
    const rest = this.#area.value === this.#draft.idFor ? '' : this.#area.value;
    this.#draft = {};
    this.#area.value = rest;
    this.#changed();
    this.#save();
    this.#area.focus();
  }

  keep(attachments) {
    this.#draft.attachments = attachments;
    this.#save();
    return this.#isEmpty();
  }

  insert(text) {
    if (!text) return;
    const before = this.#area.value;
    this.#area.value = before ? `${text}\n\n${before}` : text;
    this.#changed();
    this.#area.focus();
  }

  focus() { this.#area.focus(); }

  dispose() {
    this.#save();
    this.#events.abort();
  }

  #onKey(event) {
    if (this.#suggestions.takes(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#steers = event.ctrlKey || event.metaKey;
    if (!this.#isEmpty() || this.#draft.attachments?.length) this.#form.requestSubmit();
  }

  #changed() {
    this.#fit();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), 300);
    const state = this.#describe();
    if (state !== this.#state) {
      this.#state = state;
      this.#server.invokeMethodAsync('TextChanged', this.#isEmpty(), this.#isOver()).catch(() => {});
    }
  }

  #describe() { return `${this.#isEmpty()} ${this.#isOver()}`; }

  #isEmpty() { return !this.#area.value.trim(); }

  #isOver() { return this.#area.value.length > this.#longest; }

  #fit() {
    this.#area.style.height = 'auto';
    if (this.#area.value) this.#area.style.height = `${Math.min(this.#area.scrollHeight + 2, 250)}px`;
    const length = this.#area.value.length;
    const isNear = length > this.#longest * 0.8;
    this.#counter.textContent = isNear ? `${length.toLocaleString('en')} of ${this.#longest.toLocaleString('en')} characters` : '';
  }

  #save() {
    if (!this.#key) return;
    this.#draft.text = this.#area.value;
    try {
      const isEmpty = !this.#draft.text && !this.#draft.attachments?.length;
      isEmpty ? sessionStorage.removeItem(this.#key) : sessionStorage.setItem(this.#key, JSON.stringify(this.#draft));
    } catch {
      // The browser's store is full: the text stays in the area, only a reload would lose it.
    }
  }

  #accepts() { return this.#form.querySelector('[data-files]') !== null; }

  #take(event, data) {
    const files = [...(data?.files ?? [])];
    if (!files.length || !this.#accepts()) return;
    event.preventDefault();
    this.#upload(files);
  }

  #upload(files) {
    for (const file of files) this.#uploadOne(file);
  }

  async #uploadOne(file) {
    const id = crypto.randomUUID();
    if (!await this.#server.invokeMethodAsync('UploadStarted', id, file.name)) return;
    let attachment = null;
    let problem = null;
    try {
      const answer = await fetch(`/uploads?name=${encodeURIComponent(file.name)}`, {
        method: 'POST', body: file, headers: { 'X-Autocoder': 'upload', 'Content-Type': 'application/octet-stream' },
      });
      const body = await answer.json();
      answer.ok ? attachment = body : problem = body.detail;
    } catch {
      problem = 'could not be uploaded: the connection was lost. Try again.';
    }

    await this.#server.invokeMethodAsync('UploadEndedAsync', id, attachment, problem);
  }
}
