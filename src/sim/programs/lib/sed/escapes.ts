/** Backslash escapes of scripts. */
import { byteText, joinBytes } from '../escapes.ts';

/** Letters that stand for a character behind a backslash. */
export const CHARS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** \t, \n, \xHH, \oNNN, \dNNN, \cX inside a pattern; what the regex itself knows stays. */
export function decodeInRegex(pattern: string): string {
  return joinBytes(
    pattern.replace(
      /\\(?:([afrtv])|x([0-9a-fA-F]{2})|o([0-7]{3})|d(\d{3})|c(.)|([\s\S]))/g,
      (whole, simple, hex, octal, decimal, control) => {
        if (simple) return CHARS[simple];
        const code = hex
          ? Number.parseInt(hex, 16)
          : octal
            ? Number.parseInt(octal, 8)
            : decimal
              ? Number(decimal)
              : control
                ? control.toUpperCase().charCodeAt(0) ^ 64
                : -1;
        if (code < 0) return whole;
        const char = byteText(code & 255);
        return /[.*[\]^$\\+?(){}|/]/.test(char) ? `\\${char}` : char;
      },
    ),
  );
}

/** The characters of `y`. */
export function unescapeY(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, c: string) => CHARS[c] ?? c);
}
