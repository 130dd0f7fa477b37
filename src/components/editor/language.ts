import { yaml } from '@codemirror/lang-yaml';
import { StreamLanguage, type StreamParser } from '@codemirror/language';
import { css } from '@codemirror/legacy-modes/mode/css';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { javascript, json } from '@codemirror/legacy-modes/mode/javascript';
import { nginx } from '@codemirror/legacy-modes/mode/nginx';
import { properties } from '@codemirror/legacy-modes/mode/properties';
import { python } from '@codemirror/legacy-modes/mode/python';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { standardSQL } from '@codemirror/legacy-modes/mode/sql';
import { html } from '@codemirror/legacy-modes/mode/xml';
import type { Extension } from '@codemirror/state';

const modes: readonly (readonly [RegExp, StreamParser<unknown>])[] = [
  [/(^|\/)(Docker|Container)file(\.[\w.-]+)?$|\.dockerfile$/i, dockerFile as StreamParser<unknown>],
  [/\.(js|mjs|cjs|ts)$/, javascript as StreamParser<unknown>],
  [/\.json$/, json as StreamParser<unknown>],
  [/nginx[^/]*\.conf$|\/nginx\/.*\.conf$|(^|\/)default\.conf$/, nginx as StreamParser<unknown>],
  [/\.(sh|bash)$|(^|\/)\.(bashrc|profile|bash_aliases|bash_profile)$/, shell as StreamParser<unknown>],
  [/\.py$/, python as StreamParser<unknown>],
  [/\.sql$/, standardSQL as StreamParser<unknown>],
  [/\.(html?|xml|svg)$/, html as StreamParser<unknown>],
  [/\.css$/, css as StreamParser<unknown>],
  [/\.(env|ini|conf|cfg|properties)$|(^|\/)\.env(\.\w+)?$/, properties as StreamParser<unknown>],
];

/** The colours of a file's language, by its name; none for a name that says nothing. */
export function languageOf(path: string): Extension {
  if (/\.ya?ml$/.test(path)) return yaml();
  const mode = modes.find(([name]) => name.test(path))?.[1];
  return mode ? StreamLanguage.define(mode) : [];
}
