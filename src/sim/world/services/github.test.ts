/** Clones from the simulated github.com. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from '../testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
}, 60_000);

const out = async (command: string) => {
  const { stdout, stderr } = await shell.run(command);
  return stdout + stderr;
};

test('a clone has files, history and the way back to where it came from', async () => {
  expect(await out('git clone https://github.com/docker/getting-started-app')).toBe("Cloning into 'getting-started-app'...\n");
  expect(await out('cd getting-started-app; git log --oneline | wc -l; git status; ls; git pull; cd ..')).toBe(
    "3\nOn branch main\nYour branch is up to date with 'origin/main'.\n\nnothing to commit, working tree clean\nREADME.md\npackage.json\nsrc\nyarn.lock\nAlready up to date.\n",
  );
});

test('a shallow one has one commit', async () => {
  expect(
    await out('git clone -q --depth 1 https://github.com/dockersamples/linux_tweet_app.git app; git -C app log --oneline | wc -l'),
  ).toBe('1\n');
});

test('what is not there is named, and what is', async () => {
  const { stderr, exit } = await shell.run('git clone https://github.com/nobody/nothing');
  expect(exit).toBe(128);
  expect(stderr).toMatch(
    /remote: drydock: this repository is not simulated[\s\S]*fatal: repository 'https:\/\/github.com\/nobody\/nothing\/' not found\n$/,
  );
});

test('a host that does not resolve', async () => {
  expect(await out('git clone https://nosuch.example/x')).toBe(
    "Cloning into 'x'...\nfatal: unable to access 'https://nosuch.example/x/': Could not resolve host: nosuch.example\n",
  );
});

test('nobody may push', async () => {
  expect(await out('git -C app push')).toBe("fatal: could not read Username for 'https://github.com': No such device or address\n");
});

test('single files', async () => {
  expect(await out('curl -s https://raw.githubusercontent.com/docker/welcome-to-docker/main/Dockerfile | head -1')).toBe(
    'FROM nginx:alpine\n',
  );
});
