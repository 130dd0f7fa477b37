const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

/** '2.0K': as `ls -h`, `du -h` round: up, one digit below ten. */
export function humanSize(bytes: number, base: 1024 | 1000 = 1024): string {
  if (bytes < base) return String(bytes);
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < UNITS.length - 1) {
    value /= base;
    unit++;
  }
  let shown = value < 10 ? Math.ceil(value * 10 - 1e-9) / 10 : Math.ceil(value - 1e-9);
  if (shown >= base && unit < UNITS.length - 1) {
    shown = 1;
    unit++;
  }
  const letter = base === 1000 && unit === 1 ? 'k' : UNITS[unit];
  return (shown < 10 ? shown.toFixed(1) : String(shown)) + letter;
}

/** A count with GNU's suffixes: '10', '2K', '1kB', '3MiB', '5b' (512). Null when it is no number. */
export function parseSize(text: string): number | null {
  const m = /^(\d+)(?:([bcwkKmMgGtTpPEZY])(iB|B|D)?)?$/.exec(text);
  if (!m) return null;
  const n = Number(m[1]);
  if (m[2] === undefined) return n;
  if (m[2] === 'b' && m[3] === undefined) return n * 512;
  if (m[2] === 'c') return n;
  if (m[2] === 'w') return n * 2;
  const power = UNITS.indexOf(m[2].toUpperCase());
  if (power < 0) return null;
  let factor = 1;
  for (let i = 0; i < power; i++) factor *= m[3] === 'B' || m[3] === 'D' ? 1000 : 1024;
  return n * factor;
}

/** '1.5', '2s', '1m', '3h', '1d' to microseconds, or null. */
export function parseDuration(text: string): number | null {
  if (text === 'infinity' || text === 'inf') return Number.MAX_SAFE_INTEGER;
  const m = /^(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)([smhd]?)$/.exec(text);
  if (!m) return null;
  const unit = m[2] === 'm' ? 60 : m[2] === 'h' ? 3600 : m[2] === 'd' ? 86_400 : 1;
  return Math.min(Number.MAX_SAFE_INTEGER, Math.round(Number(m[1]) * unit * 1e6));
}
