/** Requirements as pip reads them: `name`, `name==1.0`, `name>=1,<2`, `name[extra]~=1.4; marker  # comment`. */

export interface Requirement {
  readonly name: string;
  /** '==3.0.0', '' for any. */
  readonly specifier: string;
}

export function parseRequirement(text: string): Requirement | undefined {
  const match = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*((?:(?:===?|~=|!=|<=?|>=?)\s*[\w.*+!-]+\s*,?\s*)*)$/.exec(
    text.replace(/;.*$/, '').trim(),
  );
  return match ? { name: match[1], specifier: match[2].replace(/\s+/g, '') } : undefined;
}

/** The lines of a requirements file that name packages; others are given as they are. */
export function requirementLines(text: string): readonly string[] {
  return text
    .replace(/\\\n/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

const numbers = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The version that an exact specifier asks for. */
export const pinned = (specifier: string): string | undefined => /^={2,3}([\w.+!-]+)$/.exec(specifier)?.[1];

export function satisfies(version: string, specifier: string): boolean {
  return specifier.split(',').every((one) => {
    const match = /^(===?|~=|!=|<=|<|>=|>)(.*)$/.exec(one);
    if (!match) return true;
    const [, operator, wanted] = match;
    const order = compareVersions(version, wanted);
    if (operator.startsWith('==')) return wanted.endsWith('.*') ? `${version}.`.startsWith(wanted.slice(0, -1)) : order === 0;
    if (operator === '!=') return order !== 0;
    if (operator === '~=') return order >= 0 && `${version}.`.startsWith(`${wanted.split('.').slice(0, -1).join('.')}.`);
    return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
  });
}
