import { busyboxTree } from '../content/busybox.ts';
import { debianTree, UBUNTU } from '../content/debian.ts';
import { alpineBase, BOOKWORM, BOOKWORM_SLIM, BULLSEYE, BULLSEYE_SLIM, cmd, meta, PATH, TRIXIE, TRIXIE_SLIM } from '../content/steps.ts';
import { exec } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

const debian = (tags: string[], step: Step): CatalogueImage => ({
  repository: 'library/debian',
  tags,
  created: '2026-08-03T00:00:00Z',
  config: { Env: [PATH], Cmd: ['bash'] },
  steps: [step],
});
const alpine = (version: string, tags: string[]): CatalogueImage => ({
  repository: 'library/alpine',
  tags: [...tags, version],
  created: '2026-08-05T09:13:00Z',
  config: { Env: [PATH], Cmd: ['/bin/sh'], WorkingDir: '/' },
  steps: [alpineBase(version), cmd('/bin/sh')],
});
const busybox = (version: string, size: number, transfer: number, libc: string, tags: string[]): CatalogueImage => ({
  repository: 'library/busybox',
  tags,
  created: '2026-06-26T00:00:00Z',
  config: { Env: [PATH], Cmd: ['sh'] },
  steps: [{ by: `BusyBox ${version} (${libc}), Debian 13`, layer: () => busyboxTree({ program: PROGRAMS[version] }), size, transfer }],
});
/** The builds of older releases. */
const PROGRAMS: Readonly<Record<string, string>> = { '1.37.0': 'busybox-1.37', '1.36.1': 'busybox-1.36', '1.35.0': 'busybox-1.35' };
const ubuntu = (version: string, codename: string, size: number, transfer: number, tags: string[]): CatalogueImage => ({
  repository: 'library/ubuntu',
  tags,
  created: '2026-08-10T02:10:00Z',
  config: { Env: [PATH], Cmd: ['/bin/bash'], Labels: { 'org.opencontainers.image.version': version } },
  steps: [
    meta('ARG RELEASE'),
    meta('ARG LAUNCHPAD_BUILD_ARCH'),
    meta(`LABEL org.opencontainers.image.version=${version}`),
    {
      by: 'ADD file:b4619a63cd7829e1338c3be6a8ea2a1fbd9ee3f2ac5cc1eec8fc5e9ea9d8aba0 in / ',
      layer: () => debianTree(UBUNTU(version, codename)),
      size,
      transfer,
    },
    cmd('/bin/bash'),
  ],
});

export const images: readonly CatalogueImage[] = [
  {
    repository: 'library/hello-world',
    tags: ['latest', 'linux'],
    created: '2026-03-23T00:00:00Z',
    config: { Env: [PATH], Cmd: ['/hello'], WorkingDir: '/' },
    steps: [{ by: 'COPY hello / # buildkit', layer: () => [exec('hello', 'hello')], size: 10_072, transfer: 2_415 }, cmd('/hello')],
  },
  alpine('3.24.1', ['latest', '3', '3.24']),
  alpine('3.23.5', ['3.23']),
  alpine('3.22.5', ['3.22']),
  alpine('3.21.7', ['3.21']),
  alpine('3.20.9', ['3.20']),
  alpine('3.19.9', ['3.19']),
  alpine('3.18.12', ['3.18']),
  busybox('1.38.0', 4_430_000, 2_220_000, 'glibc', [
    'latest',
    '1',
    '1.38',
    '1.38.0',
    'stable',
    'unstable',
    'glibc',
    '1-glibc',
    '1.38-glibc',
    '1.38.0-glibc',
  ]),
  busybox('1.38.0', 1_460_000, 850_000, 'musl', ['musl', '1-musl', '1.38-musl', '1.38.0-musl']),
  busybox('1.38.0', 1_450_000, 760_000, 'uclibc', ['uclibc', '1-uclibc', '1.38-uclibc', '1.38.0-uclibc']),
  busybox('1.37.0', 4_430_000, 2_210_000, 'glibc', ['1.37', '1.37.0', '1.37-glibc', '1.37.0-glibc']),
  busybox('1.36.1', 4_260_000, 2_160_000, 'glibc', ['1.36', '1.36.1']),
  busybox('1.35.0', 4_860_000, 2_590_000, 'glibc', ['1.35', '1.35.0']),
  ubuntu('26.04', 'resolute', 100_000_000, 39_700_000, ['latest', '26.04', 'resolute', 'rolling', 'resolute-20260811.1']),
  ubuntu('24.04', 'noble', 78_100_000, 29_764_116, ['24.04', 'noble', 'noble-20260810']),
  ubuntu('22.04', 'jammy', 77_900_000, 29_540_000, ['22.04', 'jammy', 'jammy-20260810']),
  ubuntu('20.04', 'focal', 72_800_000, 27_510_000, ['20.04', 'focal']),
  debian(['latest', '13', 'trixie', 'trixie-20260803', 'stable'], TRIXIE),
  debian(['trixie-slim', '13-slim', 'trixie-20260803-slim', 'stable-slim'], TRIXIE_SLIM),
  debian(['bookworm', '12', '12.15', 'bookworm-20260803', 'oldstable'], BOOKWORM),
  debian(['bookworm-slim', '12-slim', '12.15-slim', 'bookworm-20260803-slim', 'oldstable-slim'], BOOKWORM_SLIM),
  debian(['bullseye', '11', '11.11', 'bullseye-20260803'], BULLSEYE),
  debian(['bullseye-slim', '11-slim', '11.11-slim', 'bullseye-20260803-slim'], BULLSEYE_SLIM),
];
