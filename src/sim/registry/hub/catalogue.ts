import type { CatalogueImage } from './image.ts';

const modules = import.meta.glob<{ readonly images: readonly CatalogueImage[] }>('./images/*.ts', { eager: true });

/** All images of the simulated Docker Hub. */
export function catalogue(): readonly CatalogueImage[] {
  return Object.values(modules).flatMap((module) => module.images);
}
