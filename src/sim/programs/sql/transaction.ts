/** BEGIN, COMMIT, ROLLBACK: the whole cluster is kept at BEGIN and put back. */
import { parseCluster } from './cluster.ts';
import { done, type Result } from './result.ts';
import type { Session } from './session.ts';

/** Begins or ends a transaction; COMMIT of a failed one rolls it back. */
export function changeTransaction(session: Session, verb: 'BEGIN' | 'COMMIT' | 'ROLLBACK', tag: string): Result {
  if (verb === 'BEGIN') {
    if (session.saved !== undefined) return done(tag, { notice: 'there is already a transaction in progress', changed: false });
    session.saved = JSON.stringify(session.cluster);
    return done(tag, { changed: false });
  }
  if (session.saved === undefined) return done(tag, { notice: 'there is no transaction in progress', changed: false });
  const undo = verb === 'ROLLBACK' || session.failed;
  if (undo) Object.assign(session.cluster, parseCluster(session.saved));
  session.saved = undefined;
  session.failed = false;
  return done(undo ? 'ROLLBACK' : tag);
}
