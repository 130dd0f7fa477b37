import type { FlagTexts } from './flagTexts.ts';
import { TABLE_FORMAT } from './flagTexts.ts';

export const systemFlags: FlagTexts = {
  '': {
    config: "Directory of the client's settings",
    context: 'Context to use, instead of DOCKER_HOST and of what "docker context use" chose',
    debug: 'Show what goes on inside',
    host: 'Where the engine listens',
    'log-level': 'How much is logged ("debug", "info", "warn", "error", "fatal")',
    tls: 'Speak TLS; --tlsverify does so too',
    tlscacert: 'Certificate authority to trust',
    tlscert: 'File with your certificate',
    tlskey: 'File with your key',
    tlsverify: 'Speak TLS and check who answers',
    version: 'Show the version and end',
  },
  'context create': {
    description: 'What it is, in words',
    docker: 'How to reach the engine',
    from: 'Copy this context',
  },
  'context ls': { quiet: 'Show only names', format: TABLE_FORMAT },
  'context rm': { force: 'Delete it even if it is the current one' },
  inspect: { size: 'Add the sizes of files, if it is a container', type: 'Kind of object to look for' },
  'plugin create': { compress: 'Send the context compressed' },
  'plugin disable': { force: 'Switch it off even if it is in use' },
  'plugin enable': { timeout: 'Seconds to wait for it' },
  'plugin install': {
    alias: 'Name to give it here',
    disable: 'Leave it switched off',
    'grant-all-permissions': 'Allow whatever it asks for',
  },
  'plugin ls': { format: TABLE_FORMAT },
  'plugin rm': { force: 'Delete it even if it is switched on' },
  'plugin upgrade': {
    'grant-all-permissions': 'Allow whatever it asks for',
    'skip-remote-check': 'Do not compare it with the one that is installed',
  },
  'system df': {
    format: TABLE_FORMAT,
    verbose: 'Show each object',
  },
  'system events': { filter: 'Report only what fits (e.g. "type=container")' },
  'system prune': {
    all: 'Delete each image that no container uses, not only those without a name',
    filter: 'Delete only what fits (e.g. "until=24h")',
    volumes: 'Delete anonymous volumes too',
  },
};
