import { expect, it } from 'vitest';
import { clock, shortId, size, span } from './format.ts';

it('shows time, spans, sizes and ids', () => {
  expect([clock(0), clock(57_412_000), clock(72_806_000), clock(3_600_000_000)]).toEqual(['0:00.0', '0:57.4', '1:12.8', '60:00.0']);
  expect([span(12), span(1_500), span(312_000), span(2_250_000)]).toEqual(['12 µs', '1.5 ms', '312 ms', '2.3 s']);
  expect([size(0), size(1093), size(192_004_242), size(1_234_000_000)]).toEqual(['0 B', '1.09 kB', '192 MB', '1.23 GB']);
  expect(shortId('sha256:41f689c209100e6cadf3')).toBe('41f689c20910');
});
