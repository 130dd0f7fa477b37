/** `-v [SOURCE:]TARGET[:OPTIONS]` as docker's client reads it. The daemon looks at it more closely. */
import { CliError } from '../../cli/errors.ts';

export interface VolumeSpec {
  /** '' for an anonymous volume. */
  readonly source: string;
  readonly target: string;
}

/** Throws CliError. Two characters or fewer are a target, and a single letter before a colon is a drive of Windows. */
export function parseVolumeSpec(spec: string): VolumeSpec {
  if (spec === '') throw new CliError('invalid empty volume spec');
  if (spec.length <= 2) return { source: '', target: spec };
  const sections = sectionsOf(spec);
  const problem = (what: string): CliError => new CliError(`invalid spec: ${spec}: ${what}`);
  if (sections.includes('')) throw problem('empty section between colons');
  if (sections.length > 3) throw problem('too many colons');
  return sections.length === 1 ? { source: '', target: sections[0] } : { source: sections[0], target: sections[1] };
}

function sectionsOf(spec: string): readonly string[] {
  const sections: string[] = [];
  let section = '';
  for (const char of spec) {
    if (char === ':' && !/^\p{L}$/u.test(section)) {
      sections.push(section);
      section = '';
    } else section += char;
  }
  return [...sections, section];
}
