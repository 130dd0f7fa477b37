/** All `inspect` commands: objects found are printed, even when others are missing. */
import type { Sim } from '../../kernel/sim.ts';
import { compactJson, indentJson } from '../../lib/goQuote.ts';
import type { Cli } from './cli.ts';
import { CliError, joinErrors } from './errors.ts';
import { rawView, typedView } from './inspectTypes.ts';
import { execute, type GoObject, type GoValue, parse, TemplateError } from './template/index.ts';

/**
 * `fetch` gives the object's JSON as the daemon sent it. A template is executed on the object as Go holds it and, where that
 * fails, as a whole on the plain JSON. `view` is how a template sees it where there is no plain JSON to fall back to.
 */
export function* inspectAll(
  cli: Cli,
  names: readonly string[],
  format: string,
  fetch: (name: string) => Sim<string>,
  view?: (raw: GoObject) => GoValue,
): Sim<void> {
  const template = format === '' || format === 'json' ? undefined : parseOrExit(format);
  const found: string[] = [];
  const errors: string[] = [];
  let shown = '';
  for (const name of names) {
    try {
      const raw = (yield* fetch(name)).trim();
      if (template) shown += `${render(template, raw, view)}\n`;
      else found.push(raw);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  if (template) yield* cli.out(shown === '' ? '\n' : shown);
  else if (format === 'json') yield* cli.out(`${compactJson(`[${found.join(',')}]`)}\n`);
  else yield* cli.out(found.length === 0 ? '[]\n' : `${indentJson(`[${found.join(',')}]`, '    ')}\n`);
  joinErrors(errors);
}

function parseOrExit(format: string): ReturnType<typeof parse> {
  try {
    return parse(format);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function render(template: ReturnType<typeof parse>, raw: string, view: ((raw: GoObject) => GoValue) | undefined): string {
  const value = JSON.parse(raw) as GoObject;
  try {
    return execute(template, (view ?? typedView)(value));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (view) throw new CliError(`template parsing error: ${error.message}`);
  }
  try {
    return execute(template, rawView(value), 'error');
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`);
    throw error;
  }
}
