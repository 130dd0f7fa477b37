/** Sizes as BusyBox shortens them. */

/** '12345', '4.5m', '1.2g': KiB within five places, as ps and top show the virtual size. */
export function fiveCharacters(kib: number): string {
  if (kib < 100_000) return String(kib).padStart(5);
  let value = kib;
  for (const unit of 'mgtpe') {
    value /= 1024;
    if (value < 10) return ` ${(Math.round(value * 10) / 10).toFixed(1)}${unit}`;
    if (value < 10_000) return `${Math.round(value)}${unit}`.padStart(5);
  }
  return String(kib);
}

/** '4.0K', '1.2G': one decimal, down to the unit below 1024; '0' for nothing. `plain` leaves the decimal out. */
export function humanReadable(bytes: number, plain = false): string {
  if (bytes < 1024) return String(bytes);
  const units = 'KMGTPE';
  let value = bytes;
  let tenths = 0;
  let unit = -1;
  while (value >= 1024) {
    unit++;
    tenths = Math.floor(((value % 1024) * 10 + 512) / 1024);
    value = Math.floor(value / 1024);
  }
  if (tenths >= 10) {
    value++;
    tenths = 0;
  }
  if (plain) return `${tenths >= 5 ? value + 1 : value}${units[unit]}`;
  return `${value}.${tenths}${units[unit]}`;
}

/** Rounded to a unit that was asked for. */
export const inUnits = (bytes: number, unit: number): string => String(Math.floor((bytes + Math.floor(unit / 2)) / unit));
