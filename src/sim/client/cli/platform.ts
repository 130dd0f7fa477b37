import { own } from '../../lib/dictionary.ts';
import { ARCHITECTURE_ALIASES } from '../../oci/manifest.ts';
import { CliError } from './errors.ts';

const SYSTEMS = new Set(
  'aix android darwin dragonfly freebsd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(' '),
);
const ARCHITECTURES = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);
/** 'linux/amd64[/variant]' in its normal form. `before` begins the message if it has none. Throws CliError. */
export function checkPlatform(text: string, before = 'error parsing specified platform: '): string {
  const fail = (why: string): never => {
    throw new CliError(`${before}${JSON.stringify(text)}: ${why}: invalid argument`);
  };
  const parts = text.toLowerCase().split('/');
  for (const part of parts)
    if (!/^[a-z0-9_.-]+$/.test(part))
      fail(
        `${JSON.stringify(part)} is an invalid component of ${JSON.stringify(text)}: platform specifier component must match "^[A-Za-z0-9_.-]+$"`,
      );
  if (parts.length === 1) {
    if (SYSTEMS.has(parts[0])) return `${parts[0]}/amd64`;
    const known = own(ARCHITECTURE_ALIASES, parts[0]) ?? parts[0];
    if (ARCHITECTURES.has(known)) return `linux/${known}`;
    fail('unknown operating system or architecture');
  }
  if (parts.length > 3) fail('cannot parse platform specifier');
  return [parts[0], own(ARCHITECTURE_ALIASES, parts[1]) ?? parts[1], ...parts.slice(2)].join('/');
}

/** A platform as the API takes it, JSON in the query; nothing for ''. Throws CliError, as `checkPlatform` does. */
export function platformQuery(text: string, before = 'invalid platform: '): string | undefined {
  return text === '' ? undefined : platformJson(text, before);
}

export function platformJson(text: string, before: string): string {
  const [os, architecture, variant] = checkPlatform(text, before).split('/');
  return JSON.stringify({ architecture, os, ...(variant === undefined ? {} : { variant }) });
}
