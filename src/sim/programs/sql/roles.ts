/** CREATE, ALTER and DROP of roles and users. */
import { done, type Result } from './result.ts';
import type { Session } from './session.ts';
import { SqlError, type Statement } from './syntax.ts';

/** Makes a role, changes its password, takes it away. */
export function changeRole(session: Session, s: Extract<Statement, { kind: 'createRole' | 'alterRole' | 'dropRole' }>): Result {
  const { roles } = session.cluster;
  const missing = () =>
    session.dialect === 'mysql'
      ? new SqlError(`Operation ${s.tag} failed for '${s.name}'@'%'`, { number: 1396, state: 'HY000' })
      : new SqlError(`role "${s.name}" does not exist`, { state: '42704' });
  if (s.kind === 'createRole') {
    if (roles[s.name]) {
      if (s.ifNotExists) return done(s.tag);
      throw session.dialect === 'mysql' ? missing() : new SqlError(`role "${s.name}" already exists`, { state: '42710' });
    }
    roles[s.name] = { name: s.name, password: s.password, superuser: false };
  } else if (!roles[s.name]) {
    if (s.kind === 'dropRole' && s.ifExists) return done(s.tag, { notice: `role "${s.name}" does not exist, skipping` });
    throw missing();
  } else if (s.kind === 'dropRole') delete roles[s.name];
  else roles[s.name].password = s.password ?? roles[s.name].password;
  return done(s.tag);
}
