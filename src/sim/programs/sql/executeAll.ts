/** What one request asks for: PostgreSQL takes several statements at once, as one transaction. */
import { parseCluster } from './cluster.ts';
import { execute } from './execute.ts';
import { splitStatements } from './lexer.ts';
import { parseStatement } from './parser.ts';
import type { Result } from './result.ts';
import type { Session } from './session.ts';
import { SqlError } from './syntax.ts';

/** The results in order. None is kept when one fails, and none begins unless all can be read. Throws SqlError. */
export function executeAll(text: string, session: Session): readonly Result[] {
  if (session.dialect === 'mysql') return [execute(text, session)].filter((result) => result !== undefined);
  const parts = partsOf(text);
  if (parts.length > 1) for (const part of parts) at(part, () => parseStatement(part.text, session.dialect));
  const before = parts.length > 1 && session.saved === undefined ? JSON.stringify(session.cluster) : undefined;
  try {
    return parts.flatMap((part) =>
      at(part, () => {
        const alone = before === undefined ? null : /^\s*((create|drop)\s+database)\b/i.exec(part.text);
        if (alone) throw new SqlError(`${alone[1].toUpperCase()} cannot run inside a transaction block`, { state: '25001' });
        return execute(part.text, session) ?? [];
      }),
    );
  } catch (error) {
    if (before !== undefined && session.saved === undefined) Object.assign(session.cluster, parseCluster(before));
    throw error;
  }
}

interface Part {
  readonly text: string;
  /** Where it stands in the request. */
  readonly offset: number;
}

function partsOf(text: string): readonly Part[] {
  const { statements, rest } = splitStatements(text, 'postgres');
  let offset = 0;
  return [...statements, rest].flatMap((statement) => {
    const part = { text: statement, offset };
    offset += statement.length + 1;
    return statement.trim() === '' ? [] : [part];
  });
}

/** Runs `body`; the place that its error points to is counted from the beginning of the request. */
function at<T>(part: Part, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof SqlError) || error.at === undefined || part.offset === 0) throw error;
    throw new SqlError(error.message, { ...error, at: error.at + part.offset });
  }
}
