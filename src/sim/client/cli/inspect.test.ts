import { describe, expect, it } from 'vitest';
import { rawView, typedView } from './inspectTypes.ts';
import { execute, type GoObject, parse, TemplateError } from './template/index.ts';

const CONTAINER: GoObject = {
  Id: 'f00d',
  Args: ['-g', 'daemon off;'],
  State: { Status: 'running', ExitCode: 0 },
  Mounts: [],
  HostConfig: { CpuShares: 512, Binds: null },
  Config: { Labels: { x: 'y' }, Cmd: ['sh'] },
};

function shown(format: string, view: 'typed' | 'raw'): string {
  try {
    return execute(parse(format), view === 'typed' ? typedView(CONTAINER) : rawView(CONTAINER), view === 'typed' ? 'default' : 'error');
  } catch (error) {
    if (error instanceof TemplateError) return error.message.replace(/^.*?: executing "" at /, '');
    throw error;
  }
}

describe('an object as Go holds it', () => {
  it.each([
    ['{{.ID}} {{join .Args " "}}', 'f00d -g daemon off;'],
    ['{{.HostConfig.CPUShares}} {{eq .State.ExitCode 0}}', '512 true'],
    ['{{index .Config.Labels "nope"}}|', '|'],
    ['{{join .HostConfig.Binds ","}}|', '|'],
    ['{{join .Mounts ","}}', '<.Mounts>: wrong type for value; expected []string; got []interface {}'],
  ])('%s', (format, text) => {
    expect(shown(format, 'typed')).toBe(text);
  });
});

describe('its plain JSON', () => {
  it.each([
    ['{{.Id}} {{join .Args " "}}', '<.Args>: wrong type for value; expected []string; got []interface {}'],
    ['{{join .HostConfig.Binds ","}}', '<.HostConfig.Binds>: wrong type for value; expected []string; got interface {}'],
    ['{{eq .State.ExitCode 0}}', '<eq .State.ExitCode 0>: error calling eq: incompatible types for comparison'],
    ['{{eq .State.ExitCode "0"}} {{if .State.ExitCode}}text{{end}}', 'true text'],
    ['{{printf "%d %s" .HostConfig.CpuShares .HostConfig.CpuShares}}', '%!d(json.Number=512) 512'],
    ['{{index .Config.Labels "nope"}}', '<no value>'],
    ['{{.State.ExitCode}} {{json .HostConfig}}', '0 {"Binds":null,"CpuShares":512}'],
  ])('%s', (format, text) => {
    expect(shown(format, 'raw')).toBe(text);
  });
});
