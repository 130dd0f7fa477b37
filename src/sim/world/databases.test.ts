/** Database images as a student runs them: refusals, first start, data that survives in a volume. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
}, 60_000);

const out = async (command: string) => {
  const { stdout, stderr } = await shell.run(command);
  return stdout + stderr;
};

test('postgres wants a password', async () => {
  await shell.run('docker pull -q postgres');
  const { stderr, exit } = await shell.run('docker run --rm postgres');
  expect([stderr.split('\n')[0], exit]).toEqual(['Error: Database is uninitialized and superuser password is not specified.', 1]);
}, 60_000);

test('postgres keeps its data in the volume, and asks for a password from outside', async () => {
  await shell.run('docker run -d --name db -e POSTGRES_PASSWORD=secret -e POSTGRES_DB=shop -v pg:/var/lib/postgresql postgres; sleep 5');
  expect(await out('docker logs db 2>&1 | tail -1 | cut -d" " -f4-')).toBe('[1] LOG:  database system is ready to accept connections\n');
  await shell.run(
    `docker exec db psql -U postgres shop -c "CREATE TABLE t (id SERIAL, name TEXT)" -c "INSERT INTO t (name) VALUES ('Ada'), (NULL)"`,
  );
  await shell.run('docker rm -f db; docker run -d --name db -e POSTGRES_PASSWORD=secret -v pg:/var/lib/postgresql postgres; sleep 2');
  expect(await out('echo "SELECT * FROM t;" | docker exec -i db psql -U postgres shop')).toBe(
    ' id | name \n----+------\n  1 | Ada\n  2 | \n(2 rows)\n\n',
  );
  const outside = 'docker run --rm --link db -e PGPASSWORD=';
  expect(await out(`${outside}secret postgres psql -h db -U postgres -tAc "select 1+1"`)).toBe('2\n');
  expect(await out(`${outside}wrong postgres psql -h db -U postgres | cut -c1-5; true`)).toContain(
    'FATAL:  password authentication failed for user "postgres"',
  );
  // -c sends its text as it is, and one failure undoes all of it; from a pipe each statement goes with its semicolon.
  expect(await out('docker exec db psql -U postgres -c "create table u(); selec 1"')).toBe(
    'ERROR:  syntax error at or near "selec"\nLINE 1: create table u(); selec 1\n                          ^\n',
  );
  expect(await out('docker exec db psql -U postgres -c "select 1 as a; select 2 as b" -tA')).toBe('1\n2\n');
  // A backslash command may follow a statement on its line, or come while one waits for its semicolon.
  expect(await out(`docker exec -i db psql -U postgres -tA <<< 'select 1; \\q'`)).toBe('1\n');
  expect(await out(`printf 'select 1\\n\\\\q\\nselect 2;' | docker exec -i db psql -U postgres -tA`)).toBe('');
  expect(await out(`docker exec -i db psql -U postgres -tA <<< 'select 3 \\g'`)).toBe('3\n');
  expect(await out(`docker exec db psql -U postgres -tAc 'select $$it'"'"'s$$'`)).toBe("it's\n");
  await out('echo "selec;" | docker exec -i db psql -U postgres');
  expect(await out('docker logs db 2>&1 | grep STATEMENT | cut -d" " -f5-')).toBe(
    'STATEMENT:  create table u(); selec 1\nSTATEMENT:  selec;\n',
  );
  expect(await out('docker stop db >/dev/null; docker inspect -f "{{.State.ExitCode}}" db')).toBe('0\n');
}, 60_000);

test('mysql: refusal, first start with a database and a user, data that stays', async () => {
  await shell.run('docker pull -q mysql');
  const refused = await shell.run('docker run --rm mysql');
  expect([refused.stderr.split('\n')[2]?.trim(), refused.exit]).toEqual(['- MYSQL_ROOT_PASSWORD', 1]);
  await shell.run(
    'docker run -d --name my -e MYSQL_ROOT_PASSWORD=secret -e MYSQL_DATABASE=shop -e MYSQL_USER=app -e MYSQL_PASSWORD=pw -v my:/var/lib/mysql mysql; sleep 8',
  );
  await shell.run(
    `docker exec my mysql -uapp -ppw shop -e "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name TEXT); INSERT INTO t (name) VALUES ('a')"`,
  );
  await shell.run('docker rm -f my; docker run -d --name my -v my:/var/lib/mysql mysql; sleep 3');
  expect((await shell.run('docker exec my mysql -uroot -psecret shop -e "SELECT * FROM t"')).stdout).toBe('id\tname\n1\ta\n');
  expect((await shell.run('docker exec my mysql -uroot -pwrong -e "SELECT 1" 2>&1 | tail -1')).stdout).toBe(
    "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n",
  );
}, 60_000);
