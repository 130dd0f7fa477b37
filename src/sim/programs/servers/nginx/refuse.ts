/** Requests whose head nginx does not read to its end. */

import type { Sim } from '../../../kernel/sim.ts';
import { wallClock, write } from '../../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { httpDate } from '../../../net/http/date.ts';
import type { HeadLimits } from '../../../net/http/head.ts';
import type { RefusedRequest } from '../../../net/http/refusal.ts';
import type { ConnectionInfo, ResponseWriter } from '../../../net/http/server.ts';
import { chooseServer } from './choose.ts';
import { logTime, type Worker } from './exchange.ts';
import { errorPage, headTooLargePage, nginxReason } from './pages.ts';

/** The default of `large_client_header_buffers 4 8k`: a line fits into one buffer, the head into all. */
export const HEAD_LIMITS: HeadLimits = { bytesMax: 4 * 8192, lineBytesMax: 8192, fieldsMax: Number.POSITIVE_INFINITY };

/** Answers it with a page of nginx's own; the request is in the access log as far as it was read. */
export function* refuse(worker: Worker, { fault, line }: RefusedRequest, res: ResponseWriter, conn: ConnectionInfo): Sim<void> {
  const server = chooseServer(worker.config.servers, 'port' in conn.local ? conn.local.port : 80, '');
  if (!server) return;
  const begin = yield* wallClock();
  const product = server.settings.serverTokens ? worker.product : 'nginx';
  const status = fault.kind === 'targetTooLong' ? 414 : 400;
  const page = encodeUtf8(fault.kind === 'headTooLarge' ? headTooLargePage(product) : errorPage(status, product));
  res.headers.set('Server', product);
  res.headers.set('Date', httpDate(begin));
  res.headers.set('Content-Type', 'text/html');
  res.headers.set('Content-Length', String(page.length));
  res.headers.set('Connection', 'close');
  yield* res.writeHead(status, nginxReason(status));
  yield* res.end(page);
  const log = server.settings.accessLog;
  const fd = log ? worker.accessLogs.get(log.path) : undefined;
  const peer = 'port' in conn.peer ? conn.peer.address : 'unix:';
  if (fd !== undefined) yield* write(fd, `${peer} - - [${logTime(begin)}] "${line}" ${status} ${res.sent} "-" "-"\n`);
}
