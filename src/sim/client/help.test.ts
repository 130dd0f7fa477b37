/** Help pages: docker's layout (recorded by tools/recordHelpOutlines.mjs from docker 28.2.2), sentences of our own for everything. */
import { describe, expect, test } from 'vitest';
import { executableStub } from '../kernel/executable.ts';
import type { Program } from '../kernel/program.ts';
import { write } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { commandText, flagText } from './cli/help/texts/index.ts';
import { wrapText } from './cli/help/wrap.ts';
import { type CommandNode, root } from './cli/tree.ts';
import { program } from './docker.ts';
import outlines from './testdata/generated/helpOutlines.json' with { type: 'json' };
import { helpOutline } from './testdata/helpOutline.mjs';

function everyCommand(node: CommandNode = root): readonly CommandNode[] {
  return [node, ...[...new Set(node.children.values())].flatMap(everyCommand)];
}

const env = { DOCKER_HOST: 'unix:///nonexistent', HOME: '/root', PATH: '/usr/bin' };
const docker = (line: string, tty = false) =>
  testMachine({ programs: [program] }).runLazy(['docker', ...line.split(' ').filter((w) => w !== '')], { env, tty });

describe('the outline of a page is that of docker 28.2.2', () => {
  test.for(Object.keys(outlines) as (keyof typeof outlines)[])('docker %s --help', async (path) => {
    const { stdout, stderr, exit } = await docker(`${path} --help`);
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
    expect(helpOutline(stdout)).toEqual(outlines[path]);
  });
});

describe('the sentences', () => {
  test('every command has a line', () => {
    expect(everyCommand().filter((node) => !commandText(node.implementation))).toEqual([]);
  });

  test('every flag has one', () => {
    const missing = everyCommand().flatMap((node) =>
      node.flags.filter((f) => !flagText(node.implementation, f.long)).map((f) => `${node.path} --${f.long}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('where help is shown', () => {
  test('a group without a command is shown its help on standard error', async () => {
    const asked = await docker('volume --help');
    expect(await docker('volume')).toEqual({ stdout: '', stderr: asked.stdout, exit: 0 });
  });

  test('docker help COMMAND is docker COMMAND --help', async () => {
    expect(await docker('help container ls')).toEqual(await docker('container ls --help'));
    expect(await docker('help')).toEqual(await docker('--help'));
    expect(await docker('help volume lss')).toEqual({ stdout: '', stderr: 'unknown help topic: lss\n', exit: 1 });
  });

  test('defaults name the directory of the settings', async () => {
    const { stdout } = await testMachine({ programs: [program] }).runLazy(['docker', '--help'], {
      env: { ...env, DOCKER_CONFIG: '/etc/d' },
    });
    expect(stdout).toContain('(default "/etc/d/key.pem")');
  });

  test('a plugin has a row with a star among the management commands', async () => {
    const plugin: Program = {
      name: 'docker-hello',
      *main(argv) {
        yield* write(
          1,
          argv[1] === 'docker-cli-plugin-metadata' ? '{"SchemaVersion":"0.1.0","ShortDescription":"Say hello"}' : `${argv.join(' ')}\n`,
        );
        return 3;
      },
    };
    const machine = testMachine({ programs: [program, plugin] });
    const file = { mode: 0o755, data: executableStub('docker-hello') };
    machine.root.addFile('/usr/libexec/docker/cli-plugins/docker-hello', file);
    expect((await machine.runLazy(['docker', '--help'], { env })).stdout).toContain(
      '\n  context     Choose which Docker engine the commands talk to\n  hello*      Say hello\n  image ',
    );
    expect(machine.run(['docker', 'hello', 'you'], { env })).toMatchObject({ exit: 3 });
  });
});

describe('wrapping', () => {
  const text = 'one two three four five six seven eight nine ten eleven twelve';
  test.for([
    [60, 20, 'one two three four five six seven\n                    eight nine ten eleven twelve'],
    [
      44,
      20,
      'one two three four\n                    five six seven\n                    eight nine ten\n                    eleven twelve',
    ],
    [
      40,
      20,
      '\n                one two three four\n                five six seven\n                eight nine ten\n                eleven twelve',
    ],
    [30, 20, text],
    [0, 20, text],
  ] as const)('in %i columns from column %i', ([width, indent, wrapped]) => {
    expect(wrapText(text, width, indent)).toBe(wrapped);
  });

  test('line breaks of the text stay', () => {
    expect(wrapText('a\nb', 80, 4)).toBe('a\n    b');
  });
});
