/** pip install: what is missing is looked up, fetched over the network and written to the site. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, connect, credentials, readText, sleep, socket, write } from '../../../kernel/syscalls.ts';
import { HostNotFound, resolveHost } from '../../../net/dns/resolve.ts';
import { CATALOGUE, canonical, findPackage, type PythonPackage } from './catalogue.ts';
import { parseRequirement, pinned, type Requirement, requirementLines, satisfies } from './requirements.ts';
import { installedPackages, installPackage, type Site } from './site.ts';

const INDEX = 'pypi.org';
const RETRIES = 5;
/** Kilobytes a second. */
const SPEED = 8000;

interface Options {
  readonly quiet: boolean;
  readonly upgrade: boolean;
  readonly dependencies: boolean;
  readonly rootWarning: boolean;
}

interface Wanted {
  readonly entry: PythonPackage;
  readonly version: string;
}

/** `args` are what follows `install`. */
export function* install(site: Site, args: readonly string[]): Sim<number> {
  const lines: string[] = [];
  const options = { quiet: false, upgrade: false, dependencies: true, rootWarning: true };
  let broken = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '-r' || arg === '--requirement') {
      const file = args[++i];
      try {
        lines.push(...requirementLines(yield* readText(file)));
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* write(2, `ERROR: Could not open requirements file: [Errno ${error.number}] ${error.message}: '${file}'\n`);
        return 1;
      }
    } else if (arg === '-q' || arg === '--quiet') options.quiet = true;
    else if (arg === '-U' || arg === '--upgrade') options.upgrade = true;
    else if (arg === '--no-deps') options.dependencies = false;
    else if (arg === '--break-system-packages') broken = true;
    else if (arg.startsWith('--root-user-action')) options.rootWarning = false;
    else if (/^(-i|-t|-c|--index-url|--extra-index-url|--trusted-host|--target|--timeout|--retries|--prefix|--constraint)$/.test(arg)) i++;
    else if (!arg.startsWith('-')) lines.push(arg);
  }
  if (lines.length === 0) {
    yield* write(2, 'ERROR: You must give at least one requirement to install (see "pip help install")\n');
    return 1;
  }
  if (site.managed && !broken) {
    yield* write(2, MANAGED);
    return 1;
  }
  return yield* installAll(site, lines, options);
}

function* installAll(site: Site, lines: readonly string[], options: Options): Sim<number> {
  const say = function* (text: string): Sim<void> {
    if (!options.quiet) yield* write(1, text);
  };
  const present = new Map((yield* installedPackages(site)).map((one) => [canonical(one.name), one.version]));
  const chosen = new Map<string, Wanted>();
  const queue: { readonly requirement: Requirement; readonly from: string }[] = [];
  for (const line of lines) {
    if (line === '.' || line.startsWith('./') || line.startsWith('git+') || line.startsWith('-')) {
      yield* write(2, `drydock: "pip install ${line}" is not simulated\n`);
      return 1;
    }
    const requirement = parseRequirement(line);
    if (!requirement) {
      yield* write(
        2,
        `ERROR: Invalid requirement: '${line}': Expected semicolon (after name with no version specifier) or end\n    ${line}\n`,
      );
      return 1;
    }
    queue.push({ requirement, from: '' });
  }
  let reached = false;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { requirement, from } = next;
    const key = canonical(requirement.name);
    const shown = `${requirement.name}${requirement.specifier}`;
    const here = present.get(key);
    if (here !== undefined && satisfies(here, requirement.specifier) && !(options.upgrade && from === '')) {
      yield* say(`Requirement already satisfied: ${shown} in ${site.packages}${from} (${here})\n`);
      continue;
    }
    if (chosen.has(key)) continue;
    if (!reached) {
      const reason = yield* reachIndex();
      if (reason !== undefined) return yield* unreachable(requirement, reason);
      reached = true;
    }
    const entry = findPackage(requirement.name);
    const version = entry && (pinned(requirement.specifier) ?? entry.version);
    if (!entry || version === undefined || !satisfies(version, requirement.specifier)) {
      yield* noDistribution(requirement, entry ? entry.version : 'none');
      yield* write(
        2,
        `drydock: the simulated PyPI has ${CATALOGUE.filter((one) => one.module)
          .map((one) => one.name)
          .join(', ')}\n`,
      );
      return 1;
    }
    yield* sleep(30_000);
    yield* say(`Collecting ${shown}${from}\n`);
    const wheel = `${entry.name}-${version}-py3-none-any.whl`;
    yield* sleep(Math.ceil((entry.kilobytes / SPEED) * 1_000_000) + 20_000);
    yield* say(`  Downloading ${wheel} (${entry.kilobytes < 10 ? entry.kilobytes.toFixed(1) : entry.kilobytes} kB)\n`);
    chosen.set(key, { entry, version });
    if (options.dependencies)
      for (const one of entry.requires) queue.push({ requirement: parseRequirement(one)!, from: ` (from ${requirement.name})` });
  }
  if (chosen.size > 0) {
    const list = [...chosen.values()].reverse();
    yield* say(`Installing collected packages: ${list.map((one) => one.entry.name).join(', ')}\n`);
    for (const { entry, version } of list) {
      yield* installPackage(site, entry, version);
      yield* sleep(80_000);
    }
    const names = list.map((one) => `${one.entry.name}-${one.version}`).sort();
    yield* say(`Successfully installed ${names.join(' ')}\n`);
  }
  if (options.rootWarning && !site.virtual && (yield* credentials()).euid === 0) yield* write(2, ROOT_WARNING);
  return 0;
}

/** undefined when the index answers, else why not. */
function* reachIndex(): Sim<string | undefined> {
  try {
    const [address] = yield* resolveHost(INDEX);
    const fd = yield* socket('inet', 'stream');
    try {
      yield* connect(fd, { address, port: 443 });
    } finally {
      yield* close(fd);
    }
    return undefined;
  } catch (error) {
    if (error instanceof HostNotFound) return `[Errno ${error.temporary ? -3 : -2}] ${error.message}`;
    if (isErrno(error)) return `[Errno ${error.number}] ${error.message}`;
    throw error;
  }
}

function* unreachable(requirement: Requirement, reason: string): Sim<number> {
  for (let left = RETRIES - 1; left >= 0; left--) {
    yield* write(
      2,
      `WARNING: Retrying (Retry(total=${left}, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f3a5c0d1a90>: Failed to establish a new connection: ${reason}')': /simple/${canonical(requirement.name)}/\n`,
    );
    yield* sleep(250_000 * 2 ** (RETRIES - 1 - left));
  }
  yield* noDistribution(requirement, 'none');
  return 1;
}

function* noDistribution({ name, specifier }: Requirement, versions: string): Sim<void> {
  yield* write(
    2,
    `ERROR: Could not find a version that satisfies the requirement ${name}${specifier} (from versions: ${versions})\nERROR: No matching distribution found for ${name}${specifier}\n`,
  );
}

const ROOT_WARNING =
  "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager, possibly rendering your system unusable. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv. Use the --root-user-action option if you know what you are doing and want to suppress this warning.\n";

const MANAGED = `error: externally-managed-environment

× This environment is externally managed
╰─> To install Python packages system-wide, try apt install
    python3-xyz, where xyz is the package you are trying to
    install.
    
    If you wish to install a non-Debian-packaged Python package,
    create a virtual environment using python3 -m venv path/to/venv.
    Then use path/to/venv/bin/python and path/to/venv/bin/pip. Make
    sure you have python3-full installed.
    
    If you wish to install a non-Debian packaged Python application,
    it may be easiest to use pipx install xyz, which will manage a
    virtual environment for you. Make sure you have pipx installed.
    
    See /usr/share/doc/python3.13/README.venv for more information.

note: If you believe this is a mistake, please contact your Python installation or OS distribution provider. You can override this, at the risk of breaking your Python installation or OS, by passing --break-system-packages.
hint: See PEP 668 for the detailed specification.
`;
