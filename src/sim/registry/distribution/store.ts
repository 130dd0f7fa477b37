/** What a registry keeps, as its routes see it. */
import type { Sim } from '../../kernel/sim.ts';

export interface RegistryBlob {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export interface RegistryManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly json: string;
}

export interface RegistryStore {
  /** By tag or digest; undefined is "manifest unknown". */
  manifest(repository: string, reference: string): Sim<RegistryManifest | undefined>;
  blob(repository: string, digest: string): Sim<RegistryBlob | undefined>;
  /** Undefined for a repository that is not there. */
  tags(repository: string): Sim<readonly string[] | undefined>;
  /** Names of all repositories, sorted; undefined where they are not told (Docker Hub). */
  repositories(): Sim<readonly string[] | undefined>;
  /** The pushing side; a registry without it hands out only. */
  readonly writer?: RegistryWriter;
}

export interface RegistryWriter {
  /** Begins an upload and names it. */
  begin(repository: string): Sim<string>;
  /** Bytes so far; undefined for an upload that is not known. */
  uploaded(repository: string, upload: string): Sim<number | undefined>;
  append(repository: string, upload: string, data: Uint8Array): Sim<void>;
  /** False when the bytes have another digest. */
  finish(repository: string, upload: string, digest: string): Sim<boolean>;
  cancel(repository: string, upload: string): Sim<void>;
  /** Makes a blob of another repository one of this, too. False if it is not there. */
  link(repository: string, digest: string, from: string): Sim<boolean>;
  putManifest(repository: string, tag: string | undefined, manifest: RegistryManifest): Sim<void>;
  /** False for one that is not there. */
  removeManifest(repository: string, digest: string): Sim<boolean>;
}
