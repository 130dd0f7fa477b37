/** The instructions that an image's history tells of. */
import type { TarInput } from '../../../lib/tar/index.ts';
import type { Step } from '../image.ts';
import { alpineTree } from './alpine.ts';
import { DEBIAN_11, DEBIAN_12, DEBIAN_13, type DebianOptions, debianTree } from './debian.ts';
import { dirs, exec } from './tree.ts';

export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

type Tree = readonly TarInput[];

/** An instruction without files. */
export const meta = (by: string): Step => ({ by });
export const run = (script: string, size: number, transfer: number, layer: () => Tree = () => []): Step => ({
  by: `RUN /bin/sh -c ${script} # buildkit`,
  layer,
  size,
  transfer,
});
export const copy = (what: string, target: string, size: number, transfer: number, layer: () => Tree): Step => ({
  by: `COPY ${what} ${target} # buildkit`,
  layer,
  size,
  transfer,
});
export const env = (...pairs: readonly string[]): readonly Step[] => pairs.map((pair) => meta(`ENV ${pair}`));
export const cmd = (...words: readonly string[]): Step => meta(`CMD [${words.map((word) => JSON.stringify(word)).join(' ')}]`);
export const entrypoint = (...words: readonly string[]): Step =>
  meta(`ENTRYPOINT [${words.map((word) => JSON.stringify(word)).join(' ')}]`);
export const expose = (...ports: readonly string[]): Step => meta(`EXPOSE map[${ports.map((port) => `${port}:{}`).join(' ')}]`);

const debianStep = (o: DebianOptions, size: number, transfer: number, suite: string): Step => ({
  by: `# debian.sh --arch 'amd64' out/ '${suite}' '@1785715200'`,
  layer: () => debianTree(o),
  size,
  transfer,
});
/** Slim bases that most official images stand on: one layer, the same bytes in all of them. */
export const TRIXIE_SLIM = debianStep(DEBIAN_13, 78_600_000, 29_830_418, 'trixie');
export const BOOKWORM_SLIM = debianStep(DEBIAN_12, 74_800_000, 28_230_000, 'bookworm');
export const BULLSEYE_SLIM = debianStep(DEBIAN_11, 80_500_000, 30_260_000, 'bullseye');
export const TRIXIE = debianStep(DEBIAN_13, 120_000_000, 49_317_255, 'trixie');
export const BOOKWORM = debianStep(DEBIAN_12, 117_000_000, 48_480_000, 'bookworm');
export const BULLSEYE = debianStep(DEBIAN_11, 124_000_000, 53_750_000, 'bullseye');

const ALPINE_SIZES: Readonly<Record<string, readonly [size: number, transfer: number]>> = {
  '3.24.1': [8_530_000, 3_849_738],
  '3.23.5': [8_440_000, 3_844_421],
  '3.22.5': [8_310_000, 3_800_000],
  '3.21.7': [7_830_000, 3_640_000],
  '3.20.9': [7_800_000, 3_620_000],
  '3.19.9': [7_380_000, 3_410_000],
  '3.18.12': [7_340_000, 3_400_000],
};
const alpineSteps = new Map<string, Step>();
/** The base layer of Alpine `version` ('3.24.1'). */
export function alpineBase(version: string): Step {
  const known = alpineSteps.get(version);
  if (known) return known;
  const [size, transfer] = ALPINE_SIZES[version] ?? [8_000_000, 3_700_000];
  const step: Step = {
    by: `ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`,
    layer: () => alpineTree(version),
    size,
    transfer,
  };
  alpineSteps.set(version, step);
  return step;
}

/** buildpack-deps: what the big language images have between Debian and themselves. */
export function buildpackDeps(base: Step): readonly Step[] {
  const commands = (names: string) => names.split(' ').map((name) => exec(`usr/bin/${name}`, name));
  return [
    base,
    meta('CMD ["bash"]'),
    run(
      'set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates curl gnupg netbase sq wget ; rm -rf /var/lib/apt/lists/*',
      72_000_000,
      25_634_938,
      () => [...dirs('etc/ssl', 'etc/ssl/certs'), ...commands('curl wget')],
    ),
    run(
      'set -eux; apt-get update; apt-get install -y --no-install-recommends git mercurial openssh-client subversion procps ; rm -rf /var/lib/apt/lists/*',
      190_000_000,
      67_778_134,
      () => [...commands('git ps top free uptime pgrep pkill')],
    ),
    run(
      'set -ex; apt-get update; apt-get install -y --no-install-recommends autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file g++ gcc ... ; rm -rf /var/lib/apt/lists/*',
      590_000_000,
      236_248_824,
      () => [...dirs('usr/share/automake-1.17'), ...commands('bzip2 file g++ gcc make patch xz')],
    ),
  ];
}
