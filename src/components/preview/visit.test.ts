import { expect, it } from 'vitest';
import { isActive, styleText } from './page.ts';
import { followed, redirected } from './visit.ts';

const post = { url: 'http://localhost:8080/form', method: 'POST', body: 'a=1' };

it('keeps method and body at 307 and 308 only', () => {
  const to = (status: number) => redirected(post, status, '/next');
  expect([301, 302, 303].map((status) => to(status))).toEqual(
    Array(3).fill({ url: 'http://localhost:8080/next', method: 'GET', body: '' }),
  );
  expect([307, 308].map((status) => to(status))).toEqual(Array(2).fill({ ...post, url: 'http://localhost:8080/next' }));
  expect([to(200), redirected(post, 302, undefined), redirected(post, 302, 'file:///etc/passwd')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('reads links as seen from the page that was shown at last', () => {
  expect(followed('http://localhost/docs/', { url: 'a.html', method: 'GET' })?.url).toBe('http://localhost/docs/a.html');
  expect(followed('http://localhost/find?q=1#top', { url: '', method: 'GET', body: 'q=2' })?.url).toBe('http://localhost/find?q=2');
  expect(followed('http://localhost/', { url: 'mailto:x@y', method: 'GET' })).toBeUndefined();
});

it('lets no style sheet end its element, and no attribute run a script', () => {
  expect(styleText('a::after{content:"</STYLE><img onerror=x>"}')).toBe('a::after{content:"<\\/STYLE><img onerror=x>"}');
  expect(['onclick', 'ONLOAD', 'href', 'src'].map((name) => isActive(name, 'x'))).toEqual([true, true, false, false]);
  expect([' javascript:alert(1)', 'java\nscript:1', '/javascript:'].map((value) => isActive('href', value))).toEqual([true, true, false]);
});
