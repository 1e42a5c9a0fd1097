// Chooses light or dark before the first paint; a module would run too late and flash.
(() => {
  let wish = 'auto';
  try {
    wish = localStorage.getItem('throughline.scheme') || 'auto';
  } catch {
    // Storage may be closed to this page; the system's wish holds then.
  }
  const dark = wish === 'dark' || (wish !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
