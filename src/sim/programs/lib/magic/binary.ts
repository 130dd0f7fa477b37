/** Files that are known by their first bytes. */
import { civil } from '../../../lib/goTime.ts';
import { binary, type Kind } from './kind.ts';

const ELF =
  'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, interpreter /lib64/ld-linux-x86-64.so.2, for GNU/Linux 3.2.0, stripped';
const COLOURS: Readonly<Record<number, string>> = {
  0: 'grayscale',
  2: '/color RGB',
  3: ' colormap',
  4: 'gray+alpha',
  6: '/color RGBA',
};

/** Undefined: none of the known ones. */
export function binaryKind(data: Uint8Array): Kind | undefined {
  const at = (offset: number, text: string) => [...text].every((c, i) => data[offset + i] === c.charCodeAt(0));
  const big = (offset: number) => ((data[offset] << 24) | (data[offset + 1] << 16) | (data[offset + 2] << 8) | data[offset + 3]) >>> 0;
  const little = (offset: number, bytes: number) => {
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) value = value * 256 + (data[offset + i] ?? 0);
    return value;
  };
  if (at(0, '\x7fELF')) return binary(ELF, 'application/x-pie-executable');
  if (at(0, '\x1f\x8b')) return binary(gzip(data, little), 'application/gzip');
  if (at(0, 'BZh')) return binary(`bzip2 compressed data, block size = ${String.fromCharCode(data[3])}00k`, 'application/x-bzip2');
  if (at(0, '\xfd7zXZ\0'))
    return binary(`XZ compressed data, checksum ${{ 1: 'CRC32', 4: 'CRC64', 10: 'SHA-256' }[data[7]] ?? 'NONE'}`, 'application/x-xz');
  if (at(0, '\x28\xb5\x2f\xfd')) return binary('Zstandard compressed data (v0.8+)', 'application/zstd');
  if (at(0, 'PK\x03\x04')) {
    const method = { 0: 'store', 8: 'deflate' }[little(8, 2)] ?? String(little(8, 2));
    const version = little(4, 2);
    return binary(
      `Zip archive data, at least v${Math.floor(version / 10)}.${version % 10} to extract, compression method=${method}`,
      'application/zip',
    );
  }
  if (at(257, 'ustar')) return binary(`POSIX tar archive${at(262, '  ') ? ' (GNU)' : ''}`, 'application/x-tar');
  if (at(0, '\x89PNG\r\n\x1a\n')) {
    const depth = `${data[24]}-bit${COLOURS[data[25]] ?? ''}`.replace('bitgray', 'bit gray').replace('bitgrayscale', 'bit grayscale');
    return binary(`PNG image data, ${big(16)} x ${big(20)}, ${depth}, ${data[28] === 1 ? 'interlaced' : 'non-interlaced'}`, 'image/png');
  }
  if (at(0, 'GIF8')) return binary(`GIF image data, version ${at(4, '9') ? '89a' : '87a'}, ${little(6, 2)} x ${little(8, 2)}`, 'image/gif');
  if (at(0, '\xff\xd8\xff'))
    return binary(
      at(6, 'JFIF') ? `JPEG image data, JFIF standard ${data[11]}.${String(data[12]).padStart(2, '0')}` : 'JPEG image data',
      'image/jpeg',
    );
  if (at(0, 'RIFF') && at(8, 'WEBP')) return binary('RIFF (little-endian) data, Web/P image', 'image/webp');
  if (at(0, '%PDF-'))
    return { ...binary(`PDF document, version ${String.fromCharCode(...data.slice(5, 8))}`, 'application/pdf'), charset: 'us-ascii' };
  if (at(0, '\0asm')) return binary('WebAssembly (wasm) binary module version 0x1 (MVP)', 'application/wasm');
  if (at(0, 'SQLite format 3\0') && data.length >= 100) return binary('SQLite 3.x database', 'application/vnd.sqlite3');
  if (at(0, '!<arch>\ndebian')) return binary('Debian binary package (format 2.0)', 'application/vnd.debian.binary-package');
  if (at(0, '!<arch>\n')) return binary('current ar archive', 'application/x-archive');
  return undefined;
}

function gzip(data: Uint8Array, little: (offset: number, bytes: number) => number): string {
  let words = 'gzip compressed data';
  if (data[3] & 8) {
    const end = data.indexOf(0, 10);
    words += `, was "${String.fromCharCode(...data.slice(10, end < 0 ? 10 : end))}"`;
  }
  const time = little(4, 4);
  if (time > 0) {
    const c = civil(time);
    const two = (n: number) => String(n).padStart(2, '0');
    const day = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'][Math.floor(time / 86_400) % 7];
    const month = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[c.month - 1];
    words += `, last modified: ${day} ${month} ${String(c.day).padStart(2)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)} ${c.year}`;
  }
  if (data[8] === 2) words += ', max compression';
  if (data[8] === 4) words += ', max speed';
  if (data[9] === 3) words += ', from Unix';
  return `${words}, original size modulo 2^32 ${little(data.length - 4, 4)}`;
}
