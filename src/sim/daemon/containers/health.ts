/** Health checks: probes run as execs; five results are kept; the status changes tell an event. */

import type { HealthConfig } from '../../api/types/common.ts';
import type { SimTime } from '../../kernel/clock.ts';
import { MILLISECOND, SECOND } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, sleep, thread } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import type { ContainerRecord, HealthLogRecord, HealthRecord } from '../records.ts';
import { logContainerEvent } from './events.ts';
import { runProbe } from './probe.ts';
import type { ContainerServices } from './services.ts';

const DEFAULT_INTERVAL = 30 * SECOND;
const DEFAULT_TIMEOUT = 30 * SECOND;
const DEFAULT_START_INTERVAL = 5 * SECOND;
const DEFAULT_RETRIES = 3;
const RESULTS_KEPT = 5;

const us = (ns: number | undefined, fallback: number): number =>
  ns === undefined || ns === 0 ? fallback : Math.max(MILLISECOND, Math.round(ns / 1000));

function hasProbe(health: HealthConfig | undefined): health is HealthConfig {
  const kind = health?.Test?.[0];
  return kind === 'CMD' || kind === 'CMD-SHELL';
}

/** Called at each start. */
export function* startHealthChecks(d: ContainerServices, id: string): Sim<void> {
  const c = d.records.get('containers', id);
  if (!c || !hasProbe(c.config.Healthcheck)) return;
  setHealth(d, id, { status: 'starting', failingStreak: 0, log: [] }, timerCause);
  yield* resumeHealthChecks(d, id);
}

export function* resumeHealthChecks(d: ContainerServices, id: string): Sim<void> {
  const c = d.records.get('containers', id);
  if (!c || !hasProbe(c.config.Healthcheck)) return;
  const live = d.live.container(id);
  live.health?.cancel();
  live.health = yield* thread(() => monitor(d, id), 'health');
}

/** A container whose checks end (stop, pause) counts as unhealthy, for compatibility with old clients of Docker. */
export function stopHealthChecks(d: ContainerServices, id: string, cause: Cause): void {
  const live = d.live.container(id);
  if (!live.health) return;
  live.health.cancel();
  live.health = undefined;
  const health = d.records.get('containers', id)?.state.health;
  if (health) setHealth(d, id, { ...health, status: 'unhealthy' }, cause);
}

const timerCause: Cause = { kind: 'timer', id: 0, text: 'health check' };

function setHealth(d: ContainerServices, id: string, health: HealthRecord, cause: Cause): void {
  const c = d.records.get('containers', id);
  if (c) d.records.commit(cause, (tx) => tx.update('containers', id, { state: { ...c.state, health } }));
}

function* monitor(d: ContainerServices, id: string): Sim<void> {
  for (;;) {
    const c = d.records.get('containers', id);
    if (!c) return;
    yield* sleep(intervalOf(c, yield* now()));
    const current = d.records.get('containers', id);
    if (current?.state.status !== 'running' || !current.config.Healthcheck) return;
    const start = yield* now();
    const result = yield* runProbe(d, current, us(current.config.Healthcheck.Timeout, DEFAULT_TIMEOUT), timerCause);
    const after = d.records.get('containers', id);
    if (after?.state.status !== 'running' || !after.state.health) return;
    const next = judge(after, { start, end: yield* now(), ...result });
    setHealth(d, id, next, timerCause);
    if (next.status !== after.state.health.status) logContainerEvent(d, timerCause, after, `health_status: ${next.status}`);
  }
}

function intervalOf(c: ContainerRecord, time: SimTime): number {
  const config = c.config.Healthcheck ?? {};
  const inStart = time - (c.state.startedAt ?? 0) < us(config.StartPeriod, 0);
  return inStart && c.state.health?.status === 'starting'
    ? us(config.StartInterval, DEFAULT_START_INTERVAL)
    : us(config.Interval, DEFAULT_INTERVAL);
}

/** The status after one more result. */
export function judge(c: ContainerRecord, result: HealthLogRecord): HealthRecord {
  const before = c.state.health ?? { status: 'starting', failingStreak: 0, log: [] };
  const log = [...before.log, result].slice(-RESULTS_KEPT);
  if (result.exitCode === 0) return { status: 'healthy', failingStreak: 0, log };
  const config = c.config.Healthcheck ?? {};
  const forgiven = before.status === 'starting' && result.start - (c.state.startedAt ?? 0) < us(config.StartPeriod, 0);
  if (forgiven) return { ...before, log };
  const failingStreak = before.failingStreak + 1;
  const retries = config.Retries && config.Retries > 0 ? config.Retries : DEFAULT_RETRIES;
  return { status: failingStreak >= retries ? 'unhealthy' : before.status, failingStreak, log };
}
