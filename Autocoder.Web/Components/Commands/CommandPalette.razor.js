// The dialog opens in the browser, at once; the server fills it. What was typed last stays no longer than the dialog.
export const close = dialog => dialog.close();

if (!customElements.get('palette-dialog')) {
  customElements.define('palette-dialog', class extends HTMLElement {
    connectedCallback() { queueMicrotask(() => this.#prepare()); }

    #prepare() {
      const dialog = this.querySelector('dialog');
      const input = dialog.querySelector('input');
      const list = dialog.querySelector('[role=listbox]');
      dialog.openNow = () => {
        if (dialog.open) return;
        input.value = '';
        list.scrollTop = 0;
        dialog.showModal();
        input.focus();
      };
      dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });

      // A press on a line must not take the focus out of the field first.
      list.addEventListener('mousedown', event => event.preventDefault());
      input.addEventListener('keydown', event => {
        if (['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'Tab'].includes(event.key)) event.preventDefault();
      });
      new MutationObserver(() => {
        list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
      }).observe(list, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-selected'] });
    }
  });
}
