import type { ITheme } from '@xterm/xterm';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** xterm.js' colours, read from the theme's variables. */
export function terminalTheme(): ITheme {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string) => css.getPropertyValue(`--color-${name}`).trim();
  const theme: Record<string, string> = {
    background: colour('s1'),
    foreground: colour('ink'),
    cursor: colour('ink'),
    cursorAccent: colour('s1'),
    selectionBackground: colour('sel'),
    selectionInactiveBackground: colour('sel'),
    scrollbarSliderBackground: colour('s3'),
    scrollbarSliderHoverBackground: colour('edge'),
    scrollbarSliderActiveBackground: colour('edge'),
  };
  names.forEach((name, i) => {
    theme[name] = colour(`ansi-${i}`);
    theme[`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`] = colour(`ansi-${i + 8}`);
  });
  return theme;
}
