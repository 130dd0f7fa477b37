/** Characters that word processors put where a shell wants plain ones: what they are, and what is usual. */
const LOOKALIKES: ReadonlyMap<string, readonly [name: string, usual: string]> = new Map([
  ['\u2010', ['hyphen', 'a hyphen "-"']],
  ['\u2011', ['non-breaking hyphen', 'a hyphen "-"']],
  ['\u2012', ['figure dash', 'a hyphen "-"']],
  ['\u2013', ['en dash', 'a hyphen "-"']],
  ['\u2014', ['em dash', 'two hyphens "--"']],
  ['\u2015', ['horizontal bar', 'a hyphen "-"']],
  ['\u2212', ['minus sign', 'a hyphen "-"']],
  ['\u2018', ['left single quotation mark', 'a quote "\'"']],
  ['\u2019', ['right single quotation mark', 'a quote "\'"']],
  ['\u201a', ['low single quotation mark', 'a quote "\'"']],
  ['\u201c', ['left double quotation mark', "a quote '\"'"]],
  ['\u201d', ['right double quotation mark', "a quote '\"'"]],
  ['\u201e', ['low double quotation mark', "a quote '\"'"]],
  ['\u00ab', ['left guillemet', "a quote '\"'"]],
  ['\u00bb', ['right guillemet', "a quote '\"'"]],
  ['\u00b4', ['acute accent', 'a quote "\'"']],
  ['\u00a0', ['no-break space', 'a blank']],
  ['\u202f', ['narrow no-break space', 'a blank']],
  ['\u2026', ['ellipsis', 'three dots "..."']],
]);

/** One line of ours for a command that failed and holds such a character; undefined if there is none. */
export function lookalikeHint(line: string): string | undefined {
  for (const c of line) {
    const known = LOOKALIKES.get(c);
    if (!known) continue;
    const code = c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `drydock: the line holds "${c}" (U+${code}, ${known[0]}) where ${known[1]} is usual\n`;
  }
  return undefined;
}
