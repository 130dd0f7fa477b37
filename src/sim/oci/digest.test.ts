import { expect, it } from 'vitest';
import { chainIds, digestOf, shortDigest } from './digest.ts';

it('names content by its hash', () => {
  expect(digestOf('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(shortDigest(digestOf('abc'))).toBe('ba7816bf8f01');
});

it('chains layers', () => {
  const [a, b] = [digestOf('a'), digestOf('b')];
  expect(chainIds([a, b])).toEqual([a, digestOf(`${a} ${b}`)]);
});
