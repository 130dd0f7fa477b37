import { expect, it } from 'vitest';
import { fitImages } from './fit.ts';

it('images open to their layers from the newest on, as far as the room goes', () => {
  // hello-world, nginx, ubuntu: 1, 7 and 1 layers.
  const layers = (height: number) => fitImages([1, 7, 1], [], height).layers;
  expect(layers(140)).toEqual([0, 0, 0]);
  expect(layers(170)).toEqual([0, 0, 1]);
  expect(layers(230)).toEqual([0, 2, 1]);
  expect(layers(400)).toEqual([1, 4, 1]);
});

it('what they need is never more than there is, once all heads fit', () => {
  for (let height = 150; height < 600; height += 7) expect(fitImages([3, 7, 1, 4], [], height).height).toBeLessThanOrEqual(height);
});

it('while an image comes in, its layers have the room', () => {
  const fit = fitImages([1, 7], [5], 400);
  expect(fit.layers).toEqual([0, 0]);
  expect(fit.layersComing).toBe(5);
});
