/** Images for a world that does not use the catalogue: what is there at the start, and what docker.io hands out. */
export interface RegistrySource {
  readonly present: readonly unknown[];
  readonly offered: readonly unknown[];
}
