/** What git suggests for a command that it does not have (help.c). */
import { distance } from '../editDistance.ts';

/** The commands of git 2.39, whether or not they are simulated. */
const NAMES = `add am annotate apply archive bisect blame branch bugreport bundle cat-file check-attr check-ignore check-mailmap
  check-ref-format checkout checkout-index cherry cherry-pick clean clone column commit commit-graph commit-tree config
  count-objects credential credential-cache credential-store daemon describe diagnose diff diff-files diff-index diff-tree
  difftool fast-export fast-import fetch fetch-pack filter-branch fmt-merge-msg for-each-ref for-each-repo format-patch
  fsck fsck-objects gc get-tar-commit-id grep hash-object help hook http-backend http-fetch http-push imap-send index-pack
  init init-db instaweb interpret-trailers log ls-files ls-remote ls-tree mailinfo mailsplit maintenance merge merge-base
  merge-file merge-index merge-octopus merge-one-file merge-ours merge-recursive merge-recursive-ours
  merge-recursive-theirs merge-resolve merge-subtree merge-tree mergetool mktag mktree multi-pack-index mv name-rev notes
  pack-objects pack-redundant pack-refs patch-id pickaxe prune prune-packed pull push quiltimport range-diff read-tree
  rebase receive-pack reflog remote remote-ext remote-fd remote-ftp remote-ftps remote-http remote-https repack replace
  request-pull rerere reset restore rev-list rev-parse revert rm send-pack shell shortlog show show-branch show-index
  show-ref sparse-checkout stage stash status stripspace submodule subtree switch symbolic-ref tag unpack-file
  unpack-objects update-index update-ref update-server-info upload-archive upload-pack var verify-commit verify-pack
  verify-tag version whatchanged worktree write-tree`.split(/\s+/);

/** Those that `git help` lists: a beginning of one is taken for it. */
const COMMON = new Set(
  'clone init add mv restore rm bisect diff grep log show status branch commit merge rebase reset switch tag fetch pull push'.split(' '),
);

/** Further away is no likeness. */
const FLOOR = 7;

export function isGitCommand(name: string): boolean {
  return NAMES.includes(name) || name === 'gui';
}

/** The text that follows "is not a git command", with the nearest names if any is near enough. */
export function similarCommands(name: string): string {
  const rated = NAMES.map((candidate) => ({
    candidate,
    far:
      COMMON.has(candidate) && candidate.startsWith(name)
        ? 0
        : distance(name, candidate, { swap: 0, replace: 2, insert: 1, remove: 3 }) + 1,
  })).sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1));
  const best = rated.find((r) => r.far > 0)?.far ?? FLOOR;
  if (best >= FLOOR) return '';
  const near = rated.filter((r) => r.far <= best).map((r) => r.candidate);
  return `\nThe most similar command${near.length > 1 ? 's are' : ' is'}\n${near.map((n) => `\t${n}\n`).join('')}`;
}
