import { alpineTree, busyboxTree } from '../content/busybox.ts';
import { DEBIAN_12, DEBIAN_13, type DebianOptions, debianTree, UBUNTU } from '../content/debian.ts';
import { exec } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const MB = 1_000_000;

const debianStep = (o: DebianOptions, size: number, transfer: number, suite: string): Step => ({
  by: `# debian.sh --arch 'amd64' out/ '${suite}' '@1785888000'`,
  layer: () => debianTree(o),
  size,
  transfer,
});
/** The slim base that most official images stand on: one layer, the same bytes in all of them. */
export const TRIXIE_SLIM: Step = debianStep(DEBIAN_13, 78_600_000, 29_780_905, 'trixie');
export const BOOKWORM_SLIM: Step = debianStep(DEBIAN_12, 74_800_000, 28_230_000, 'bookworm');

const debian = (tags: string[], step: Step): CatalogueImage => ({
  repository: 'library/debian',
  tags,
  created: '2026-08-03T00:00:00Z',
  config: { Env: [PATH], Cmd: ['bash'] },
  steps: [step, { by: 'CMD ["bash"]' }],
});
const alpine = (version: string, tags: string[], size: number, transfer: number): CatalogueImage => ({
  repository: 'library/alpine',
  tags,
  created: '2026-08-05T09:13:00Z',
  config: { Env: [PATH], Cmd: ['/bin/sh'], WorkingDir: '/' },
  steps: [
    { by: `ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`, layer: () => alpineTree(version), size, transfer },
    { by: 'CMD ["/bin/sh"]' },
  ],
});
const busybox = (version: string, tags: string[]): CatalogueImage => ({
  repository: 'library/busybox',
  tags,
  created: '2026-06-26T00:00:00Z',
  config: { Env: [PATH], Cmd: ['sh'] },
  steps: [
    { by: `BusyBox ${version} (glibc), Debian 13`, layer: () => busyboxTree(), size: 4_430_000, transfer: 2_220_000 },
    { by: 'CMD ["sh"]' },
  ],
});
const ubuntu = (version: string, codename: string, tags: string[]): CatalogueImage => ({
  repository: 'library/ubuntu',
  tags,
  created: '2026-08-10T02:10:00Z',
  config: { Env: [PATH], Cmd: ['/bin/bash'], Labels: { 'org.opencontainers.image.version': version } },
  steps: [
    { by: 'ARG RELEASE' },
    { by: 'ARG LAUNCHPAD_BUILD_ARCH' },
    { by: 'LABEL org.opencontainers.image.version=' + version },
    { by: 'ADD file:... in / ', layer: () => debianTree(UBUNTU(version, codename)), size: 78_100_000, transfer: 29_764_116 },
    { by: 'CMD ["/bin/bash"]' },
  ],
});

export const images: readonly CatalogueImage[] = [
  {
    repository: 'library/hello-world',
    tags: ['latest', 'linux'],
    created: '2026-03-23T00:00:00Z',
    config: { Env: [PATH], Cmd: ['/hello'], WorkingDir: '/' },
    steps: [
      { by: 'COPY hello / # buildkit', layer: () => [exec('hello', 'hello')], size: 10_072, transfer: 2_415 },
      { by: 'CMD ["/hello"]' },
    ],
  },
  alpine('3.24.1', ['latest', '3', '3.24', '3.24.1'], 8_530_000, 3_849_738),
  alpine('3.23.5', ['3.23', '3.23.5'], 8_480_000, 3_830_000),
  alpine('3.22.5', ['3.22', '3.22.5'], 8_310_000, 3_800_000),
  busybox('1.38.0', ['latest', '1', '1.38', '1.38.0', 'stable', 'glibc']),
  busybox('1.37.0', ['1.37', '1.37.0']),
  busybox('1.36.1', ['1.36', '1.36.1']),
  ubuntu('26.04', 'resolute', ['latest', '26.04', 'resolute', 'rolling']),
  ubuntu('24.04', 'noble', ['24.04', 'noble']),
  ubuntu('22.04', 'jammy', ['22.04', 'jammy']),
  debian(['latest', '13', '13.1', 'trixie'], debianStep(DEBIAN_13, 120 * MB, 49_317_255, 'trixie')),
  debian(['trixie-slim', '13-slim'], TRIXIE_SLIM),
  debian(['bookworm', '12'], debianStep(DEBIAN_12, 117 * MB, 48_480_000, 'bookworm')),
  debian(['bookworm-slim', '12-slim'], BOOKWORM_SLIM),
];
