/** The plugins that Docker's packages bring, which later work will fill. They are on the disk and say what they are, as the real ones do. */
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';

interface Plugin {
  readonly name: string;
  /** With the leading v, as the plugin itself writes it. */
  readonly version: string;
  readonly about: string;
}

const PLUGINS: readonly Plugin[] = [
  { name: 'buildx', version: 'v0.29.1', about: 'Docker Buildx' },
  { name: 'compose', version: 'v2.40.3', about: 'Docker Compose' },
];

function plugin({ name, version, about }: Plugin): Program {
  return {
    name: `docker-${name}`,
    memory: 30 << 20,
    *main(argv): Sim<number> {
      // What the client asks of every plugin (docker/cli, cli-plugins/metadata).
      if (argv[1] === 'docker-cli-plugin-metadata') {
        const metadata = { SchemaVersion: '0.1.0', Vendor: 'Docker Inc.', Version: version, ShortDescription: about };
        yield* write(1, `${JSON.stringify(metadata)}\n`);
        return 0;
      }
      yield* write(2, `drydock: "docker ${name}" is not simulated yet\n`);
      return 1;
    },
  };
}

export const programs = PLUGINS.map(plugin);
