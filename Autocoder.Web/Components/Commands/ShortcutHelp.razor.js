export function open(dialog) {
  if (!dialog.dataset.ready) {
    dialog.dataset.ready = 'true';
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  }

  if (!dialog.open) dialog.showModal();
}

export const close = dialog => dialog.close();
