/**
 * index.html holds the CSS of the first paint; the whole of it comes beside the scripts, in a sheet that does not hold up the paint
 * because it is for print until it is there (vite.config.ts). Resolves when it is in force, or could not be fetched.
 */
export function restOfStyles(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[data-rest]');
  if (!link) return Promise.resolve();
  return new Promise((resolve) => {
    const use = () => {
      link.media = 'all';
      resolve();
    };
    if (link.sheet) return use();
    link.addEventListener('load', use, { once: true });
    link.addEventListener('error', () => resolve(), { once: true });
  });
}
