let before = null;

export function take(input) {
  if (!input.form?.contains(document.activeElement)) before = document.activeElement;
  input.focus();
  input.select();
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.shiftKey) event.preventDefault();
  });
}

// Back to where one was, unless the focus has gone elsewhere by itself.
export function giveBack() {
  const isFree = !document.activeElement || document.activeElement === document.body;
  if (isFree && before?.isConnected) before.focus({ preventScroll: true });
}
