/** Statements carried out on a cluster, in one session. */
import { createDatabase, dropDatabase } from './databaseCommands.ts';
import { Execution } from './execution.ts';
import { deleteRows, insertRows, truncate, updateRows } from './modifyTable.ts';
import { parseStatement } from './parser.ts';
import { done, type Result } from './result.ts';
import { changeRole } from './roles.ts';
import { select } from './select.ts';
import type { Session } from './session.ts';
import { describe, show } from './show.ts';
import { SqlError, type Statement } from './syntax.ts';
import { alterTable, createTable, dropTable } from './tableCommands.ts';
import { changeTransaction } from './transaction.ts';

/** Undefined for an empty statement. Throws SqlError. */
export function execute(text: string, session: Session): Result | undefined {
  const statement = parseStatement(text, session.dialect);
  if (!statement) return undefined;
  if (session.failed && statement.kind !== 'transaction')
    throw new SqlError('current transaction is aborted, commands ignored until end of transaction block', { state: '25P02' });
  try {
    return run(new Execution(session), statement);
  } catch (error) {
    if (session.saved !== undefined && session.dialect === 'postgres') session.failed = true;
    throw error;
  }
}

function run(ex: Execution, s: Statement): Result {
  switch (s.kind) {
    case 'select': {
      const answer = select(s.select, ex.find, ex);
      return done(`SELECT ${answer.rows.length}`, { answer, changed: false });
    }
    case 'createTable':
      return createTable(ex.in(s.schema), s);
    case 'dropTable':
      return dropTable(ex, s);
    case 'alterTable':
      return alterTable(ex.in(s.schema), s.name, s.change);
    case 'insert':
      return insertRows(ex.in(s.schema), s);
    case 'update':
      return updateRows(ex.in(s.schema), s);
    case 'delete':
      return deleteRows(ex.in(s.schema), s);
    case 'truncate':
      return truncate(ex, s.names);
    case 'createDatabase':
      return createDatabase(ex.session, s);
    case 'dropDatabase':
      return dropDatabase(ex.session, s);
    case 'createRole':
    case 'alterRole':
    case 'dropRole':
      return changeRole(ex.session, s);
    case 'transaction':
      return changeTransaction(ex.session, s.verb, s.tag);
    case 'use':
      if (!ex.session.cluster.databases[s.database])
        throw new SqlError(`Unknown database '${s.database}'`, { number: 1049, state: '42000' });
      ex.session.database = s.database;
      return done('USE', { changed: false });
    case 'show':
      return done('SHOW', { answer: show(ex.in(s.schema), s.what, s.argument), changed: false });
    case 'describe':
      return done('DESCRIBE', { answer: describe(ex.in(s.schema), s.table), changed: false });
    case 'accepted':
      return done(s.tag, { changed: false });
  }
}
