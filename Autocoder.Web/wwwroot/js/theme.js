// Runs before anything is painted, so that a chosen theme does not flash. Without a choice the system decides, by CSS alone.
(() => {
  const root = document.documentElement;
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private mode */ } };

  const more = matchMedia('(prefers-contrast: more)');
  const known = theme => ['light', 'dark', 'contrast'].includes(theme) ? theme : null;

  // High contrast is light or dark as the system is; whoever asks the system for more contrast gets it without choosing it here.
  function apply(theme) {
    const scheme = theme === 'light' || theme === 'dark' ? theme : null;
    mark('data-theme', scheme);
    mark('data-contrast', theme === 'contrast' || (!theme && more.matches) ? 'more' : null);
    for (const link of document.querySelectorAll('link[data-scheme]')) {
      const wanted = link.dataset.scheme;
      link.media = scheme ? (scheme === wanted ? 'all' : 'not all') : `(prefers-color-scheme: ${wanted})`;
    }
  }

  function mark(name, value) {
    value ? root.setAttribute(name, value) : root.removeAttribute(name);
  }

  window.autocoderTheme = {
    get: () => known(read('theme')) ?? 'system',
    set: theme => {
      keep('theme', known(theme));
      apply(known(theme));
      dispatchEvent(new Event('themechange'));
    },
    keepPanel: (name, width) => keep(`panel:${name}`, width === null ? null : String(width)),
    toggleRail: () => {
      const narrow = root.getAttribute('data-rail') !== 'narrow';
      keep('rail', narrow ? 'narrow' : null);
      root.toggleAttribute('data-rail', false);
      if (narrow) root.setAttribute('data-rail', 'narrow');
    },
  };

  more.addEventListener('change', () => apply(known(read('theme'))));
  apply(known(read('theme')));
  for (const name of ['side', 'panel', 'draft']) {
    const width = Number(read(`panel:${name}`));
    if (width > 0 && width < 2000) root.style.setProperty(`--panel-${name}`, `${width}px`);
  }

  if (read('rail') === 'narrow') root.setAttribute('data-rail', 'narrow');
})();
