import { ALL_CAPABILITIES, type Capability, type CapabilitySet, intersect, NO_CAPABILITIES } from './capabilities.ts';

/** Who a process is: ids and capabilities. Immutable and shared; a change makes a new one. */
export interface Cred {
  readonly uid: number;
  readonly euid: number;
  readonly suid: number;
  readonly gid: number;
  readonly egid: number;
  readonly sgid: number;
  readonly groups: readonly number[];
  readonly effective: CapabilitySet;
  readonly permitted: CapabilitySet;
  readonly inheritable: CapabilitySet;
  readonly bounding: CapabilitySet;
  readonly ambient: CapabilitySet;
  readonly noNewPrivs: boolean;
}

export const ROOT: Cred = {
  uid: 0, euid: 0, suid: 0, gid: 0, egid: 0, sgid: 0, groups: [0],
  effective: ALL_CAPABILITIES, permitted: ALL_CAPABILITIES, inheritable: NO_CAPABILITIES, bounding: ALL_CAPABILITIES, ambient: NO_CAPABILITIES,
  noNewPrivs: false,
};

/** An ordinary login: all three user ids and group ids alike, capabilities only for root. */
export function userCred(uid: number, gid: number, groups: readonly number[], bounding: CapabilitySet = ALL_CAPABILITIES): Cred {
  const caps = uid === 0 ? bounding : NO_CAPABILITIES;
  return { ...ROOT, uid, euid: uid, suid: uid, gid, egid: gid, sgid: gid, groups, bounding, effective: caps, permitted: caps };
}

export function capable(cred: Cred, capability: Capability): boolean {
  return cred.effective.has(capability);
}

/** capabilities(7), "Effect of user ID changes on capabilities". */
export function withUserIds(cred: Cred, ids: { readonly uid?: number; readonly euid?: number; readonly suid?: number }): Cred {
  const next = { ...cred, ...ids };
  const hadRoot = cred.uid === 0 || cred.euid === 0 || cred.suid === 0;
  const hasRoot = next.uid === 0 || next.euid === 0 || next.suid === 0;
  if (hadRoot && !hasRoot) return { ...next, permitted: NO_CAPABILITIES, effective: NO_CAPABILITIES, ambient: NO_CAPABILITIES };
  if (cred.euid === 0 && next.euid !== 0) return { ...next, effective: NO_CAPABILITIES };
  if (cred.euid !== 0 && next.euid === 0) return { ...next, effective: next.permitted };
  return next;
}

/** What execve(2) makes of the caller's identity, given the set-user-ID and set-group-ID bits of the file. */
export function credAfterExec(cred: Cred, file: { readonly setuid: number | undefined; readonly setgid: number | undefined }): Cred {
  const euid = cred.noNewPrivs || file.setuid === undefined ? cred.euid : file.setuid;
  const egid = cred.noNewPrivs || file.setgid === undefined ? cred.egid : file.setgid;
  const base = { ...cred, euid, suid: euid, egid, sgid: egid };
  if (euid === 0 || cred.uid === 0) {
    const permitted = new Set([...cred.inheritable, ...cred.bounding]);
    return { ...base, permitted, effective: euid === 0 ? permitted : NO_CAPABILITIES };
  }
  const ambient = euid !== cred.euid || egid !== cred.egid ? NO_CAPABILITIES : intersect(cred.ambient, cred.permitted);
  return { ...base, permitted: ambient, effective: ambient, ambient };
}

/** May `cred` read (4), write (2), execute or search (1) what belongs to `uid:gid` with these mode bits? path_resolution(7). */
export function permits(cred: Cred, node: { readonly mode: number; readonly uid: number; readonly gid: number }, mask: number): boolean {
  const mode = node.mode;
  const bits = cred.euid === node.uid ? mode >> 6 : cred.egid === node.gid || cred.groups.includes(node.gid) ? mode >> 3 : mode;
  if ((bits & mask) === mask) return true;
  const isDirectory = (mode & 0o170000) === 0o040000;
  if (cred.effective.has('CAP_DAC_OVERRIDE') && (isDirectory || (mask & 1) === 0 || (mode & 0o111) !== 0)) return true;
  return cred.effective.has('CAP_DAC_READ_SEARCH') && (isDirectory ? (mask & 2) === 0 : mask === 4);
}

/** The owner, or who may act as the owner (chmod, utimes, deletion in sticky directories). */
export function isOwner(cred: Cred, node: { readonly uid: number }): boolean {
  return cred.euid === node.uid || cred.effective.has('CAP_FOWNER');
}
