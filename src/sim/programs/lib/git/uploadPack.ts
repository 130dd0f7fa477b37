/** The server's side of a fetch: what it has, and the pack that a client lacks (gitprotocol-http, version 0). */
import { concatBytes } from '../../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { type GitObject, parseCommit, parseTree } from './objects.ts';
import { writePack } from './pack.ts';
import { FLUSH, pktLine, readPktLines, sideBand } from './pktLine.ts';

/** A repository in memory. */
export interface Hosted {
  readonly objects: ReadonlyMap<string, GitObject>;
  /** Full names, without HEAD. */
  readonly refs: ReadonlyMap<string, string>;
  /** The branch that HEAD is on, by full name. */
  readonly head: string;
}

const CAPABILITIES = 'multi_ack_detailed no-done side-band-64k shallow no-progress ofs-delta agent=git/drydock';

/** The answer to `/info/refs?service=git-upload-pack`. */
export function advertise(repo: Hosted): Uint8Array {
  const head = repo.refs.get(repo.head) as string;
  const lines = [
    `${head} HEAD\0${CAPABILITIES} symref=HEAD:${repo.head}\n`,
    ...[...repo.refs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, id]) => `${id} ${name}\n`),
  ];
  return concatBytes([pktLine('# service=git-upload-pack\n'), FLUSH, ...lines.map((line) => pktLine(line)), FLUSH]);
}

/** Ids of all that commits need, newest first; `depth` commits of each line, `known` ones left out. */
function reachable(
  objects: ReadonlyMap<string, GitObject>,
  wants: readonly string[],
  known: ReadonlySet<string>,
  depth = Number.POSITIVE_INFINITY,
): { readonly ids: Set<string>; readonly shallow: string[] } {
  const ids = new Set<string>();
  const shallow: string[] = [];
  const tree = (id: string): void => {
    if (ids.has(id)) return;
    ids.add(id);
    for (const entry of parseTree((objects.get(id) as GitObject).data)) {
      if (entry.mode === '40000') tree(entry.id);
      else ids.add(entry.id);
    }
  };
  let level = wants;
  for (let n = 1; level.length > 0; n++) {
    const next: string[] = [];
    for (const id of level) {
      if (ids.has(id) || known.has(id)) continue;
      ids.add(id);
      const commit = parseCommit((objects.get(id) as GitObject).data);
      tree(commit.tree);
      if (n < depth) next.push(...commit.parents);
      else if (commit.parents.length > 0) shallow.push(id);
    }
    level = next;
  }
  return { ids, shallow };
}

/** The answer to a request for a pack. */
export function uploadPack(repo: Hosted, request: Uint8Array): Uint8Array {
  const lines = readPktLines(request).flatMap((line) => (line === undefined ? [] : [decodeUtf8(line).trimEnd()]));
  const starting = (word: string): string[] => lines.filter((l) => l.startsWith(`${word} `)).map((l) => l.split(' ')[1]);
  const wants = starting('want');
  const unknown = wants.find((id) => !repo.objects.has(id));
  if (unknown !== undefined) return pktLine(`ERR upload-pack: not our ref ${unknown}\n`);
  const have = new Set(starting('have').filter((id) => repo.objects.has(id)));
  const depth = starting('deepen')[0];
  const known = reachable(repo.objects, [...have], new Set()).ids;
  const { ids, shallow } = reachable(repo.objects, wants, known, depth === undefined ? undefined : Number(depth));
  const objects = [...ids].filter((id) => !known.has(id)).map((id) => repo.objects.get(id) as GitObject);
  const n = objects.length;
  const told = lines.some((l) => l.includes('no-progress'))
    ? []
    : [
        sideBand(2, encodeUtf8(`Enumerating objects: ${n}, done.\n`)),
        sideBand(2, encodeUtf8(`Counting objects: 100% (${n}/${n}), done.\n`)),
        sideBand(2, encodeUtf8(`Compressing objects: 100% (${n}/${n}), done.\n`)),
        sideBand(2, encodeUtf8(`Total ${n} (delta 0), reused ${n} (delta 0), pack-reused 0\n`)),
      ];
  return concatBytes([
    ...(depth === undefined ? [] : [...shallow.map((id) => pktLine(`shallow ${id}\n`)), FLUSH]),
    pktLine('NAK\n'),
    ...told,
    sideBand(1, writePack(objects)),
    FLUSH,
  ]);
}
