/** curl's progress meter: two heading lines, then one line that is redrawn. */
import type { TransferInfo } from './curlTransfer.ts';

export function meterHead(): string {
  return (
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
    '                                 Dload  Upload   Total   Spent    Left  Speed\n'
  );
}

export function meterFirst(): string {
  return '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
}

/** Five columns: 99999, then 9999k, then 99.9M. */
function size(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * 1024) return `${Math.floor(bytes / 1024)}k`.padStart(5);
  const mega = bytes / (1024 * 1024);
  return mega < 100 ? `${mega.toFixed(1)}M`.padStart(5) : `${Math.floor(mega)}M`.padStart(5);
}

function clock(us: number): string {
  const s = Math.floor(us / 1_000_000);
  if (s === 0) return '--:--:--';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(Math.floor(s / 3600)).padStart(2)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** The last state of the line. */
export function meterLine(info: TransferInfo): string {
  const total = info.expected ?? info.downloaded;
  const percent = (part: number, whole: number) => String(whole > 0 ? Math.floor((100 * part) / whole) : 0).padStart(3);
  const speed = (bytes: number) => (info.total > 0 ? Math.floor((bytes * 1_000_000) / info.total) : 0);
  const down = speed(info.downloaded);
  const whole = total + info.uploaded;
  return (
    `\r${percent(info.downloaded + info.uploaded, whole)} ${size(whole)}  ${percent(info.downloaded, total)} ${size(info.downloaded)}  ` +
    `${percent(info.uploaded, info.uploaded)} ${size(info.uploaded)}  ${size(down)}  ${size(speed(info.uploaded))} ` +
    `${clock(info.total)} ${clock(info.total)} --:--:-- ${size(down)}`
  );
}
