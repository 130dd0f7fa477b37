/** Go templates as docker uses them. */
import { executePart, executeTemplate } from './execute.ts';
import { functionNames, functions, headerFunctions } from './functions.ts';
import type { Template } from './parse.ts';
import { parseTemplate } from './parse.ts';
import type { GoValue } from './value.ts';

export { TemplateError } from './lex.ts';
export type { Template } from './parse.ts';
export {
  anyList,
  type GoField,
  GoMap,
  GoNamed,
  type GoObject,
  GoStruct,
  type GoValue,
  jsonOf,
  NIL_LIST,
  printValue,
} from './value.ts';

export function parse(source: string, name = ''): Template {
  return parseTemplate(source, functionNames, name);
}

export function execute(template: Template, data: GoValue, missingKey: 'error' | 'default' = 'default'): string {
  return executeTemplate(template, data, { functions, missingKey });
}

/** The row of headers: most functions leave the words as they are, and it ends where something is wrong with it. */
export function executeHeader(template: Template, data: GoValue): string {
  return executePart(template, data, { functions: headerFunctions, missingKey: 'default' });
}
