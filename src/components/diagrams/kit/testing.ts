/** Builders of what tests of several parts of the page show. */
import type { ApiMessage } from '../../../state/app.ts';

/** A call that was answered with 200 half a millisecond later. */
export function message(id: number, method: string, path: string, rest: Partial<ApiMessage> = {}): ApiMessage {
  return {
    id,
    machine: 'node1',
    endpoint: 'unix:///var/run/docker.sock',
    from: 'docker',
    method,
    path,
    requestHeaders: [],
    requestBody: '',
    sentAt: id * 1000,
    status: 200,
    responseHeaders: [],
    responseBody: '',
    answeredAt: id * 1000 + 500,
    open: false,
    hungUp: false,
    ...rest,
  };
}
