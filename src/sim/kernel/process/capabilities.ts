/** Linux capabilities in the order of their numbers (linux/capability.h). */
export const CAPABILITIES = [
  'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_KILL', 'CAP_SETGID', 'CAP_SETUID',
  'CAP_SETPCAP', 'CAP_LINUX_IMMUTABLE', 'CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_IPC_LOCK',
  'CAP_IPC_OWNER', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_CHROOT', 'CAP_SYS_PTRACE', 'CAP_SYS_PACCT', 'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT', 'CAP_SYS_NICE', 'CAP_SYS_RESOURCE', 'CAP_SYS_TIME', 'CAP_SYS_TTY_CONFIG', 'CAP_MKNOD', 'CAP_LEASE',
  'CAP_AUDIT_WRITE', 'CAP_AUDIT_CONTROL', 'CAP_SETFCAP', 'CAP_MAC_OVERRIDE', 'CAP_MAC_ADMIN', 'CAP_SYSLOG', 'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND', 'CAP_AUDIT_READ', 'CAP_PERFMON', 'CAP_BPF', 'CAP_CHECKPOINT_RESTORE',
] as const;

export type Capability = (typeof CAPABILITIES)[number];
export type CapabilitySet = ReadonlySet<Capability>;

export const NO_CAPABILITIES: CapabilitySet = new Set();
export const ALL_CAPABILITIES: CapabilitySet = new Set(CAPABILITIES);

/** The mask as /proc/PID/status prints it: 16 hexadecimal digits. */
export function capabilityMask(set: CapabilitySet): string {
  let high = 0;
  let low = 0;
  CAPABILITIES.forEach((name, bit) => {
    if (!set.has(name)) return;
    if (bit < 32) low += 2 ** bit;
    else high += 2 ** (bit - 32);
  });
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

export function intersect(a: CapabilitySet, b: CapabilitySet): CapabilitySet {
  return new Set(CAPABILITIES.filter((name) => a.has(name) && b.has(name)));
}
