/** Whether and when a container that ended runs again. */
import type { RestartPolicy } from '../../api/types/container.ts';
import { MILLISECOND, MINUTE, SECOND } from '../../kernel/clock.ts';

const FIRST_DELAY = 100 * MILLISECOND;
const LONGEST_DELAY = MINUTE;
/** A run this long makes the next delay the first again. */
const GOOD_RUN = 10 * SECOND;

export interface RestartQuestion {
  readonly policy: RestartPolicy;
  readonly exitCode: number;
  /** By `docker stop` or `kill`, or the daemon goes down. */
  readonly stopped: boolean;
  readonly ranForUs: number;
  /** Restarts so far in this row. */
  readonly attempts: number;
  readonly lastDelayUs: number;
}

export function planRestart(q: RestartQuestion): { readonly restart: boolean; readonly delayUs: number } {
  const last = q.ranForUs >= GOOD_RUN ? 0 : q.lastDelayUs;
  const delayUs = last === 0 ? FIRST_DELAY : Math.min(last * 2, LONGEST_DELAY);
  return { restart: !q.stopped && wanted(q), delayUs };
}

/** Whether a daemon that starts brings a container back that ran before. */
export function restoredBy(q: Pick<RestartQuestion, 'policy' | 'exitCode' | 'stopped' | 'attempts'>): boolean {
  return wanted(q) && !(q.policy.Name === 'unless-stopped' && q.stopped);
}

function wanted({ policy, exitCode, attempts }: Pick<RestartQuestion, 'policy' | 'exitCode' | 'attempts'>): boolean {
  switch (policy.Name) {
    case 'always':
    case 'unless-stopped':
      return true;
    case 'on-failure':
      return exitCode !== 0 && (policy.MaximumRetryCount === 0 || attempts < policy.MaximumRetryCount);
    default:
      return false;
  }
}
