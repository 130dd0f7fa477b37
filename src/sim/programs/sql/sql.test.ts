/** The engine that both databases share: what it answers and how it refuses. */
import { expect, test } from 'vitest';
import { emptyCluster } from './cluster.ts';
import { execute } from './execute.ts';
import type { Session } from './session.ts';
import { type Dialect, SqlError } from './syntax.ts';

function session(dialect: Dialect = 'postgres', database = 'shop'): Session {
  return {
    cluster: emptyCluster(['shop'], 'root', undefined),
    dialect,
    user: 'root',
    version: 'PostgreSQL 18.6',
    database,
    saved: undefined,
    failed: false,
    nowUs: 1_795_528_800_000_000,
    random: () => 0.5,
    sleep: () => {},
  };
}

/** Runs all but the last statement, and shows what that one gives: rows, tag, or error. */
function last(script: string, s = session()): unknown {
  const statements = script.split(';').filter((text) => text.trim() !== '');
  let shown: unknown;
  for (const text of statements) {
    try {
      const result = execute(text, s);
      shown = result?.answer?.rows ?? result?.tag;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      shown = `ERROR: ${error.message}${error.detail === undefined ? '' : ` DETAIL: ${error.detail}`}`;
    }
  }
  return shown;
}

const USERS =
  "CREATE TABLE users (id SERIAL PRIMARY KEY, name VARCHAR(5) NOT NULL, age int CHECK (age > 0)); INSERT INTO users (name, age) VALUES ('Ada', 36), ('Bob', 20), ('Cy', NULL);";

test.each([
  ["INSERT INTO users (name) VALUES ('Di')", 'INSERT 0 1'],
  ["INSERT INTO users (name) VALUES ('Di') RETURNING id, name", [[4, 'Di']]],
  ['SELECT * FROM users WHERE age > 30', [[1, 'Ada', 36]]],
  ['SELECT name FROM users ORDER BY age DESC', [['Cy'], ['Ada'], ['Bob']]],
  ['SELECT count(*), sum(age), max(name) FROM users', [[3, 56, 'Cy']]],
  [
    'SELECT age IS NULL AS x, count(*) FROM users GROUP BY age IS NULL ORDER BY 2',
    [
      [true, 1],
      [false, 2],
    ],
  ],
  ["UPDATE users SET age = age + 1 WHERE name LIKE 'A%'", 'UPDATE 1'],
  ['DELETE FROM users WHERE id IN (1, 2)', 'DELETE 2'],
  ["SELECT upper(name) || '!' FROM users LIMIT 1 OFFSET 1", [['BOB!']]],
  ['SELECT 7 / 2, 7 % 2, 1 + 2 * 3, -(4)', [[3, 1, 7, -4]]],
  ["SELECT CASE WHEN age > 30 THEN 'old' ELSE 'young' END FROM users WHERE id = 1", [['old']]],
  ['SELECT a.name FROM users a JOIN users b ON a.age > b.age', [['Ada']]],
  ['SELECT name FROM users WHERE age = (SELECT max(age) FROM users)', [['Ada']]],
  ['SELECT name FROM users u WHERE NOT EXISTS (SELECT 1 FROM users WHERE age < u.age) ORDER BY id', [['Bob'], ['Cy']]],
  ['BEGIN; DELETE FROM users; ROLLBACK; SELECT count(*) FROM users', [[3]]],
  ["SELECT '5'::int + 1, now()::date", [[6, '2026-11-24']]],
])('%s', (statement, expected) => {
  expect(last(USERS + statement)).toEqual(expected);
});

test.each([
  ['SELECT * FROM nosuch', 'ERROR: relation "nosuch" does not exist'],
  ['SELECT nosuch FROM users', 'ERROR: column "nosuch" does not exist'],
  ['SELEC 1', 'ERROR: syntax error at or near "SELEC"'],
  ['SELECT * FROM', 'ERROR: syntax error at end of input'],
  [
    "INSERT INTO users VALUES (1, 'Eve')",
    'ERROR: duplicate key value violates unique constraint "users_pkey" DETAIL: Key (id)=(1) already exists.',
  ],
  [
    'INSERT INTO users (age) VALUES (1)',
    'ERROR: null value in column "name" of relation "users" violates not-null constraint DETAIL: Failing row contains (4, null, 1).',
  ],
  ["INSERT INTO users (name) VALUES ('Charles')", 'ERROR: value too long for type character varying(5)'],
  ["INSERT INTO users (name, age) VALUES ('E', 'x')", 'ERROR: invalid input syntax for type integer: "x"'],
  [
    "INSERT INTO users (name, age) VALUES ('E', -1)",
    'ERROR: new row for relation "users" violates check constraint "users_age_check" DETAIL: Failing row contains (4, E, -1).',
  ],
  ['SELECT 1/0', 'ERROR: division by zero'],
  ['CREATE TABLE users (id int)', 'ERROR: relation "users" already exists'],
  ['BEGIN; SELECT 1/0; SELECT 1', 'ERROR: current transaction is aborted, commands ignored until end of transaction block'],
])('%s', (statement, expected) => {
  expect(last(USERS + statement)).toBe(expected);
});

test('a foreign key is kept on both sides', () => {
  const orders = `${USERS}CREATE TABLE orders (id int, user_id int REFERENCES users(id)); INSERT INTO orders VALUES (1, 1);`;
  expect(last(`${orders}INSERT INTO orders VALUES (2, 9)`)).toBe(
    'ERROR: insert or update on table "orders" violates foreign key constraint "orders_user_id_fkey" DETAIL: Key (user_id)=(9) is not present in table "users".',
  );
  expect(last(`${orders}DELETE FROM users WHERE id = 1`)).toBe(
    'ERROR: update or delete on table "users" violates foreign key constraint "orders_user_id_fkey" on table "orders" DETAIL: Key (id)=(1) is still referenced from table "orders".',
  );
});

test('MySQL finds tables of a database that stands before their name', () => {
  const run = (text: string) =>
    last(`CREATE DATABASE app; CREATE TABLE app.t (id INT); INSERT INTO app.t VALUES (1), (2);${text}`, session('mysql', ''));
  expect(run('SELECT * FROM app.t')).toEqual([[1], [2]]);
  expect(run('SELECT app.t.id, t.id FROM app.t WHERE app.t.id = 2')).toEqual([[2, 2]]);
  expect(run('UPDATE app.t SET id = 3 WHERE id = 1; DELETE FROM app.t WHERE id = 2; SELECT * FROM app.t')).toEqual([[3]]);
  expect(run('ALTER TABLE app.t ADD COLUMN name TEXT; DESCRIBE app.t')).toEqual([
    ['id', 'int', 'YES', '', null, ''],
    ['name', 'text', 'YES', '', null, ''],
  ]);
  expect(run('SHOW TABLES FROM app')).toEqual([['t']]);
  expect(run('DROP TABLE app.t; SHOW TABLES FROM app')).toEqual([]);
  expect(run('DROP TABLE app.x')).toBe("ERROR: Unknown table 'app.x'");
  expect(run('SELECT * FROM app.x')).toBe("ERROR: Table 'app.x' doesn't exist");
  expect(run('INSERT INTO nosuch.t VALUES (1)')).toBe("ERROR: Unknown database 'nosuch'");
  expect(run('SELECT * FROM t')).toBe('ERROR: No database selected');
});

test('PostgreSQL makes rows of a series', () => {
  expect(last('SELECT generate_series(1, 3)')).toEqual([[1], [2], [3]]);
  expect(last('CREATE TABLE a (i int); INSERT INTO a SELECT generate_series(1, 3)')).toBe('INSERT 0 3');
  expect(last('SELECT g, n * 2 FROM generate_series(10, 1, -5) AS g, generate_series(1, 1) n')).toEqual([
    [10, 2],
    [5, 2],
  ]);
  expect(last('SELECT generate_series(1, 2), generate_series(1, 3) + 1 AS b ORDER BY b DESC')).toEqual([
    [null, 4],
    [2, 3],
    [1, 2],
  ]);
  expect(last('SELECT count(*), sum(n) FROM generate_series(1, 100) AS s(n)')).toEqual([[100, 5050]]);
  expect(last('SELECT generate_series(1, 3, 0)')).toBe('ERROR: step size cannot equal zero');
});

test('MySQL has its own words', () => {
  const items = 'CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL) ENGINE=InnoDB;';
  const run = (text: string) => last(items + text, session('mysql'));
  expect(run("INSERT INTO t (name) VALUES ('a'); SELECT * FROM t")).toEqual([[1, 'a']]);
  expect(run('SELECT * FROM nosuch')).toBe("ERROR: Table 'shop.nosuch' doesn't exist");
  expect(run('SELECT x FROM t')).toBe("ERROR: Unknown column 'x' in 'field list'");
  expect(run("INSERT INTO t VALUES (1,'a'); INSERT INTO t VALUES (1,'b')")).toBe("ERROR: Duplicate entry '1' for key 't.PRIMARY'");
  expect(run('SHOW TABLES')).toEqual([['t']]);
  expect(run('DESCRIBE t')).toEqual([
    ['id', 'int', 'NO', 'PRI', null, 'auto_increment'],
    ['name', 'varchar(20)', 'NO', '', null, ''],
  ]);
});

test('a table may have the name of what every object inherits, and is not there before', () => {
  expect(last('SELECT * FROM constructor')).toMatch(/relation "constructor" does not exist/);
  expect(last('CREATE TABLE constructor (toString TEXT); INSERT INTO constructor VALUES (1); SELECT * FROM constructor')).toEqual([['1']]);
  const s = session();
  const name = '"__proto__"';
  expect(
    last(
      `BEGIN; CREATE TABLE ${name} (a INT); ROLLBACK; CREATE TABLE ${name} (b TEXT); INSERT INTO ${name} VALUES ('x'); SELECT b FROM ${name}`,
      s,
    ),
  ).toEqual([['x']]);
});
