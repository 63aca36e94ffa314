// A lost connection must not cover what is being read. The 9.0 script of Blazor tells of it by classes on the element
// #components-reconnect-modal; ours is a thin banner. A circuit the server no longer knows is simply loaded again:
// everything is in the log, so that costs nothing.
const Prefix = 'components-reconnect-';

export function startBlazor() {
  const banner = document.getElementById('components-reconnect-modal');
  banner?.querySelector('button')?.addEventListener('click', retry);
  if (banner) watch(banner);

  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: 100000,
        retryIntervalMilliseconds: attempt => attempt < 5 ? 400 : attempt < 30 ? 1000 : 5000,
      },
    },
  });
}

function watch(banner) {
  const text = banner.querySelector('[data-text]');
  let last = '';
  new MutationObserver(() => {
    const state = [...banner.classList].find(name => name.startsWith(Prefix))?.slice(Prefix.length) ?? '';
    if (state === last) return;
    const before = last;
    last = state;
    if (state === 'show' || state === 'retrying') {
      banner.dataset.state = 'lost';
      text.textContent = 'Reconnecting… Nothing is lost: work goes on, and this page catches up by itself.';
    } else if (state === 'failed') {
      banner.dataset.state = 'failed';
      text.textContent = 'Autocoder does not answer. Nothing is lost. Is it still running?';
    } else if (state === 'rejected') {
      banner.dataset.state = 'lost';
      text.textContent = 'Autocoder was restarted. Opening this page again…';
      reloadWhenReady();
    } else if (before) {
      banner.dataset.state = 'back';
      text.textContent = 'Connected again.';
      setTimeout(() => { if (banner.dataset.state === 'back') delete banner.dataset.state; }, 2000);
    }
  }).observe(banner, { attributes: true, attributeFilter: ['class'] });
}

async function retry() {
  try {
    if (!await Blazor.reconnect()) reloadWhenReady();
  } catch {
    // Still unreachable; the banner stays.
  }
}

async function reloadWhenReady() {
  for (;;) {
    try {
      if ((await fetch('/healthz', { cache: 'no-store' })).ok) break;
    } catch {
      // Not up yet.
    }

    await new Promise(resolve => setTimeout(resolve, 500));
  }

  location.reload();
}
