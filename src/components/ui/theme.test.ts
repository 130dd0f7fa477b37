import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');

function colours(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--color-([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
}
const themes = {
  dark: colours(css.slice(css.indexOf('@theme {'), css.indexOf('@layer theme'))),
  light: colours(css.slice(css.indexOf('@layer theme'), css.indexOf('@layer base'))),
};

/** WCAG 2 relative luminance. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}
const surfaces = ['bg', 's1', 's2', 's3'];

/** Text and outlines on bg, s1, s2, s3. */
const table = {
  dark: {
    ink: [15.7, 14.7, 13.4, 11.6],
    ink2: [10.0, 9.4, 8.6, 7.4],
    ink3: [6.6, 6.2, 5.7, 4.9],
    accent: [7.5, 7.1, 6.4, 5.6],
    ok: [9.4, 8.8, 8.1, 7.0],
    bad: [8.6, 8.1, 7.4, 6.4],
    blue: [8.9, 8.3, 7.6, 6.5],
    edge: [4.9, 4.5, 4.2, 3.6],
  },
  light: {
    ink: [14.4, 15.6, 13.9, 12.5],
    ink2: [7.6, 8.2, 7.4, 6.6],
    ink3: [5.3, 5.7, 5.1, 4.54],
    accent: [5.3, 5.8, 5.2, 4.6],
    ok: [5.8, 6.2, 5.6, 5.0],
    bad: [6.2, 6.7, 6.0, 5.4],
    blue: [6.6, 7.2, 6.4, 5.7],
    edge: [3.8, 4.1, 3.7, 3.3],
  },
};
/** accent-ink on accent, ok and bad on their soft fills, ink on the selection. */
const ownFill = { dark: [7.5, 7.8, 7.3, 9.9], light: [6.0, 5.5, 5.8, 12.0] };

describe.each(['dark', 'light'] as const)('%s theme', (name) => {
  const theme = themes[name];
  const ratio = (a: string, b: string) => contrast(theme.get(a)!, theme.get(b)!);

  it('has the contrast table that the design fixes, to a tenth', () => {
    const own = [ratio('accent-ink', 'accent'), ratio('ok', 'ok-soft'), ratio('bad', 'bad-soft'), ratio('ink', 'sel')];
    const measured = { ...Object.fromEntries(Object.keys(table[name]).map((c) => [c, surfaces.map((s) => ratio(c, s))])), own };
    for (const [colour, expected] of Object.entries({ ...table[name], own: ownFill[name] })) {
      measured[colour as 'own'].forEach((value, i) =>
        expect(Math.abs(value - expected[i]!), `${colour} ${i}: ${value}`).toBeLessThan(0.11),
      );
    }
  });

  it('keeps every text colour at 4.5 and every outline at 3 on all four surfaces', () => {
    for (const surface of surfaces) {
      for (const text of ['ink', 'ink2', 'ink3', 'accent', 'ok', 'bad', 'blue'])
        expect([text, surface, ratio(text, surface) >= 4.5]).toEqual([text, surface, true]);
      expect(['edge', surface, ratio('edge', surface) >= 3]).toEqual(['edge', surface, true]);
    }
  });

  it('maps the sixteen terminal colours to at least 4.5 on the pane', () => {
    const low = Array.from({ length: 16 }, (_, i) => `ansi-${i}`).filter((c) => ratio(c, 's1') < 4.5);
    expect(low).toEqual([]);
  });
});
