/** CREATE DATABASE, DROP DATABASE. */
import { dictionary } from '../../lib/dictionary.ts';
import { done, type Result } from './result.ts';
import type { Session } from './session.ts';
import { SqlError, type Statement } from './syntax.ts';

/** CREATE DATABASE. */
export function createDatabase(session: Session, s: Extract<Statement, { kind: 'createDatabase' }>): Result {
  const { databases } = session.cluster;
  if (databases[s.name]) {
    if (s.ifNotExists) return done('CREATE DATABASE', { affected: 1 });
    throw session.dialect === 'mysql'
      ? new SqlError(`Can't create database '${s.name}'; database exists`, { number: 1007, state: 'HY000' })
      : new SqlError(`database "${s.name}" already exists`, { state: '42P04' });
  }
  databases[s.name] = { name: s.name, owner: session.user, tables: dictionary() };
  return done('CREATE DATABASE', { affected: 1 });
}

/** DROP DATABASE. */
export function dropDatabase(session: Session, s: Extract<Statement, { kind: 'dropDatabase' }>): Result {
  const { databases } = session.cluster;
  if (!databases[s.name]) {
    if (s.ifExists) return done('DROP DATABASE', { notice: `database "${s.name}" does not exist, skipping` });
    throw session.dialect === 'mysql'
      ? new SqlError(`Can't drop database '${s.name}'; database doesn't exist`, { number: 1008, state: 'HY000' })
      : new SqlError(`database "${s.name}" does not exist`, { state: '3D000' });
  }
  if (s.name === session.database && session.dialect === 'postgres')
    throw new SqlError('cannot drop the currently open database', { state: '55006' });
  const affected = Object.keys(databases[s.name].tables).length;
  delete databases[s.name];
  if (s.name === session.database) session.database = '';
  return done('DROP DATABASE', { affected });
}
