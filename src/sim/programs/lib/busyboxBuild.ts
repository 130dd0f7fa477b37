/**
 * The builds of BusyBox that images carry. They differ in what stands in brackets in the banner, in their applets, and in
 * the C library whose words they speak.
 */
export interface BusyboxBuild {
  /** The name of the program in the executable's stub. */
  readonly program: string;
  readonly version: string;
  /** The build's time, or the version of a distribution's package. */
  readonly built: string;
  /** Applets that others have and this one was built without. */
  readonly without: readonly string[];
  /** top shows tenths of a percent. */
  readonly topDecimals?: boolean;
  /** top shows on which CPU a process ran last. */
  readonly topLastCpu?: boolean;
  /** Reads who is logged in. */
  readonly utmp?: boolean;
  /** Linked with musl, whose getopt has words of its own. */
  readonly musl?: boolean;
  /** The small netcat instead of netcat 1.10's double. */
  readonly smallNetcat?: boolean;
  /** Applets answer from within the shell, whatever $PATH says, and name lookups do not work: Debian's static package. */
  readonly standalone?: boolean;
}

/** Alpine keeps these in packages of their own (busybox-extras) or leaves them out. */
const NOT_IN_ALPINE = 'ftpget ftpput httpd last logname lsscsi patch rpm telnet telnetd tftp users w who xz'.split(' ');

const official = (program: string, version: string, built: string): BusyboxBuild => ({
  program,
  version,
  built,
  without: [],
  topDecimals: true,
  topLastCpu: true,
  utmp: true,
});
const alpine = (program: string, version: string, built: string): BusyboxBuild => ({
  program,
  version,
  built,
  without: NOT_IN_ALPINE,
  musl: true,
  topLastCpu: true,
});

const DEBIAN_STATIC: BusyboxBuild = {
  program: 'busybox-static',
  version: '1.37.0',
  built: 'Debian 1:1.37.0-6+b3',
  without: [],
  smallNetcat: true,
  utmp: true,
  standalone: true,
};

export const ALPINE: BusyboxBuild = alpine('busybox-alpine', '1.37.0', '2025-08-05 16:40:33 UTC');
const OFFICIAL: BusyboxBuild = official('busybox', '1.38.0', '2026-06-26 00:00:00 UTC');

export const BUSYBOX_BUILDS: readonly BusyboxBuild[] = [
  OFFICIAL,
  official('busybox-1.37', '1.37.0', '2024-09-26 21:31:42 UTC'),
  official('busybox-1.36', '1.36.1', '2023-05-18 22:34:17 UTC'),
  official('busybox-1.35', '1.35.0', '2021-12-26 16:53:26 UTC'),
  ALPINE,
  alpine('busybox-alpine-1.36', '1.36.1', '2024-06-10 07:11:47 UTC'),
  DEBIAN_STATIC,
];

/** `BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.` */
export const busyboxBanner = (build: BusyboxBuild): string => `BusyBox v${build.version} (${build.built}) multi-call binary.`;
