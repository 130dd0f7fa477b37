/** The report of the `time` keyword. CPU time is not modelled for it: user and sys are zero. */
export function timesLine(format: string | undefined, microseconds: number, posix: boolean): string {
  const seconds = microseconds / 1e6;
  if (posix) return `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`;
  const used = format ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';
  if (used === '') return '';
  return `${used.replace(
    /%(?:(\d)?(l)?([RUSP])|%)/g,
    (_, digits: string | undefined, long: string | undefined, which: string | undefined) => {
      if (!which) return '%';
      if (which === 'P') return '0.00';
      const value = which === 'R' ? seconds : 0;
      const places = Math.min(3, Number(digits ?? 3));
      const parts = [1, 10, 100, 1000][places];
      const cut = Math.floor(value * parts) / parts;
      if (!long) return cut.toFixed(places);
      return `${Math.floor(cut / 60)}m${(cut % 60).toFixed(places)}s`;
    },
  )}\n`;
}
