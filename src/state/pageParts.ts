/** Parts of the page that are fetched when they are first needed, and again for as long as that fails. */
import { useApp } from './app.ts';
import { browserHost } from './driver.ts';
import { Refetch } from './refetch.ts';

/** Tries again to fetch what the machine or the page itself waits for. */
export const refetch = new Refetch(browserHost);

/** Resolves with the part, however long that takes; meanwhile the page says that a part of it could not be fetched. */
export async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const part = await load();
      await missingStyles();
      refetch.succeeded();
      useApp.setState({ missingPart: undefined });
      return part;
    } catch (error) {
      useApp.setState({ missingPart: error instanceof Error ? error.message : String(error) });
      await new Promise<void>((again) => void refetch.wait(again));
    }
  }
}

/** A part comes with its styles; their sheet is asked for once by Vite's loader, and here if it has not come. */
async function missingStyles(): Promise<void> {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('head link[rel=stylesheet]')];
  await Promise.all(sheets.filter((link) => !link.sheet).map(fetchSheet));
}

function fetchSheet(old: HTMLLinkElement): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = old.href;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`no styles from ${link.href}`)));
    old.replaceWith(link);
  });
}
