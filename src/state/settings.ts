import { create } from 'zustand';
import { local } from './storage.ts';

export type Theme = 'dark' | 'light';

export interface Settings {
  /** Undefined: as the system prefers. */
  readonly theme: Theme | undefined;
  readonly fontSize: number;
  /** Width of the left panel in px; the diagram's share of the work area. */
  readonly left: number;
  readonly leftFolded: boolean;
  readonly split: number;
  /** Undefined: side by side from 1760 px, else stacked. */
  readonly arrangement: 'stacked' | 'beside' | undefined;
}

export const fontSizes = { min: 11, max: 24, default: 13 } as const;
export const leftWidths = { min: 288, max: 520, default: 336, rail: 48 } as const;
export const splits = { default: 0.54 } as const;

const key = 'drydock.settings';
const defaults: Settings = {
  theme: undefined,
  fontSize: fontSizes.default,
  left: leftWidths.default,
  leftFolded: false,
  split: splits.default,
  arrangement: undefined,
};

function read(): Settings {
  try {
    return { ...defaults, ...(JSON.parse(local.get(key) ?? '{}') as Partial<Settings>) };
  } catch {
    return defaults;
  }
}

export const useSettings = create<Settings>(() => read());

/** Changes a setting, keeps it for the next visit and applies it. The inline script of index.html applies the same before the first paint. */
export function change(settings: Partial<Settings>): void {
  useSettings.setState(settings);
  // A full or forbidden storage costs the next visit its settings, and nothing else.
  local.set(key, JSON.stringify(useSettings.getState()));
  applySettings();
}

export function currentTheme(theme: Theme | undefined): Theme {
  return theme ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
}

export function applySettings(): void {
  const { theme, left, leftFolded, split, fontSize, arrangement } = useSettings.getState();
  const root = document.documentElement;
  root.dataset.theme = currentTheme(theme);
  root.dataset.arrangement = arrangement ?? 'auto';
  root.dataset.left = leftFolded ? 'folded' : 'open';
  root.style.setProperty('--left', `${leftFolded ? leftWidths.rail : left}px`);
  root.style.setProperty('--split', String(split));
  root.style.setProperty('--term-size', `${fontSize}px`);
}
