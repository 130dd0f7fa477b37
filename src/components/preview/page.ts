/** Makes an answer of the simulated network fit for the sandbox: what it refers to is fetched over the same network. */
import type { Fetched } from './fetched.ts';

/** Where a link leads, seen from `base`; undefined for what is not HTTP. */
export function resolve(url: string, base: string): string | undefined {
  try {
    const target = new URL(url, base);
    return target.protocol === 'http:' || target.protocol === 'https:' ? target.href : undefined;
  } catch {
    return undefined;
  }
}

/** What a person types into an address bar: 'localhost:8080' is an address. */
export function addressOf(text: string): string {
  const trimmed = text.trim();
  return /^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
}

/** A style sheet as text of a <style> element, which it cannot end: in CSS a backslash before the slash says the same. */
export const styleText = (css: string): string => css.replace(/<\/(?=style)/gi, '<\\/');

/** Whether an attribute runs a script: a handler, or an address that is one. */
export function isActive(name: string, value: string): boolean {
  // Browsers skip white space and control characters in a scheme.
  return /^on/i.test(name) || /^javascript:/i.test(value.replace(/[\u0000-\u0020]/g, ''));
}

/** The document for the frame: styles and images inlined, scripts and frames out, the bridge in. */
export async function frameDocument(
  html: string,
  base: string,
  bridge: string,
  get: (url: string) => Promise<Fetched | undefined>,
): Promise<string> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll('script, iframe, object, embed, base, meta[http-equiv]')) element.remove();
  for (const element of page.querySelectorAll('*'))
    for (const { name, value } of [...element.attributes]) if (isActive(name, value)) element.removeAttribute(name);
  await Promise.all([
    ...[...page.querySelectorAll<HTMLLinkElement>('link[rel~=stylesheet][href]')].map(async (link) => {
      const url = resolve(link.getAttribute('href')!, base);
      const answer = url && (await get(url));
      const style = page.createElement('style');
      style.textContent = answer ? styleText(answer.text()) : '';
      link.replaceWith(style);
    }),
    ...[...page.querySelectorAll<HTMLImageElement>('img[src]')].map(async (image) => {
      const source = image.getAttribute('src')!;
      image.removeAttribute('srcset');
      if (source.startsWith('data:')) return;
      const url = resolve(source, base);
      const answer = url && (await get(url));
      if (answer) image.src = answer.dataUrl();
      else image.removeAttribute('src');
    }),
  ]);
  const script = page.createElement('script');
  script.textContent = bridge;
  page.head.append(script);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** Text that is not HTML, shown as a browser shows it. */
export function textDocument(text: string, bridge: string): string {
  const page = document.implementation.createHTMLDocument('');
  const pre = page.createElement('pre');
  pre.style.cssText = 'white-space:pre-wrap;word-break:break-word;font:13px/20px monospace';
  pre.textContent = text;
  page.body.append(pre);
  const script = page.createElement('script');
  script.textContent = bridge;
  page.head.append(script);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** A picture alone, as large as the pane lets it be. */
export function imageDocument(dataUrl: string): string {
  const page = document.implementation.createHTMLDocument('');
  const image = page.createElement('img');
  image.alt = '';
  image.src = dataUrl;
  image.style.maxWidth = '100%';
  page.body.append(image);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}
