/** Lists: `--format table|json|raw|TEMPLATE`, one row per object. */
import { escapeJsonHtml } from '../../../lib/goQuote.ts';
import { CliError } from '../errors.ts';
import type { GoField, GoValue, Template } from '../template/index.ts';
import { execute, executeHeader, GoStruct, jsonOf, parse, printValue, TemplateError } from '../template/index.ts';
import { tabulate } from './tabWriter.ts';

export interface ListLayout {
  /** For error messages: 'formatter.ContainerContext', with the package of Go in docker/cli. */
  readonly type: string;
  /** Field to header word. */
  readonly headers: Readonly<Record<string, string>>;
}

export type Row = Readonly<Record<string, GoField>>;

const TABLE_WORD = 'table';

/** Renders the rows. `format` is never empty here: callers put their default in its place. */
export function formatList(layout: ListLayout, format: string, rows: readonly Row[]): string {
  const typeName = `*${layout.type}`;
  const structs = rows.map((row) => new GoStruct(typeName, row, () => escapeJsonHtml(rowJson(row)), errorText(row)));
  if (format === 'json') return structs.map((s) => `${s.toJson!()}\n`).join('');
  const isTable = format.startsWith(TABLE_WORD);
  const text = (isTable ? format.slice(TABLE_WORD.length) : format)
    .replace(/^ +| +$/g, '')
    .replace(/\\t/g, '\t')
    .replace(/\\n/g, '\n');
  const template = parseFormat(text);
  const body = structs.map((s) => `${run(template, s)}\n`).join('');
  if (!isTable) return body;
  const headers = new GoStruct('map[string]string', headerFields(layout, rows[0]));
  return tabulate(`${executeHeader(template, headers)}\n${body}`);
}

/** Go prints what has a method Error as that says. */
function errorText(row: Row): (() => string) | undefined {
  const { Error: error } = row;
  return error === undefined ? undefined : () => printValue(typeof error === 'function' ? error() : error);
}

function parseFormat(text: string): Template {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`);
    throw error;
  }
}

function run(template: Template, row: GoStruct): string {
  try {
    return execute(template, row);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`);
    throw error;
  }
}

/** A method with an argument ({{.Label "k"}}) gives that argument's last part as its header. */
function headerFields(layout: ListLayout, row: Row | undefined): Record<string, GoField> {
  const out: Record<string, GoField> = { ...layout.headers };
  for (const name of Object.keys(row ?? {})) if (!Object.hasOwn(out, name)) out[name] = undefined;
  out.Label = (name: GoValue): GoValue => String(name).split('.').at(-1)!.replace(/[-_]/g, ' ');
  return out;
}

/** Every field without arguments, sorted, as the row's MarshalJSON writes them. */
export function rowJson(row: Row): string {
  const pairs = Object.keys(row)
    .sort()
    .flatMap((name) => {
      const field = row[name];
      return typeof field === 'function' && field.length > 0
        ? []
        : [`${JSON.stringify(name)}:${jsonOf(typeof field === 'function' ? field() : field)}`];
    });
  return `{${pairs.join(',')}}`;
}

/** The format that counts: the flag, else the configured one unless only names are wanted, else the default. */
export function chooseFormat(flag: string, configured: string, quiet: boolean): string {
  if (flag !== '') return flag;
  return configured !== '' && !quiet ? configured : TABLE_WORD;
}
