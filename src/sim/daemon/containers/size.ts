import type { ContainerRecord } from '../records.ts';
import type { ContainerServices } from './services.ts';

/** Bytes in the writable layer, and in all layers together. */
export function containerSize(d: ContainerServices, c: ContainerRecord): { readonly rw: number; readonly rootFs: number } {
  const rw = d.runtime.writableBytes(c.id);
  return { rw, rootFs: rw + d.images.sizeOf(c.layers) };
}
