import type { ContainerView } from '../../../state/app.ts';
import { type StringKey, t } from '../../../state/strings/index.ts';

/** 'exited (137)', 'restarting, 3x', 'running'. */
export function stateOf(container: ContainerView): string {
  if (container.status === 'exited') return t('state.exited', { code: container.exitCode });
  if (container.status === 'restarting' && container.restartCount > 0) return t('state.restartingTimes', { n: container.restartCount });
  return t(`state.${container.status}`);
}

const meanings = new Map<number, StringKey>([
  [0, 'arch.exit0'],
  [125, 'arch.exit125'],
  [126, 'arch.exit126'],
  [127, 'arch.exit127'],
  [130, 'arch.exit130'],
  [137, 'arch.exit137'],
  [143, 'arch.exit143'],
]);

/** What an exit code says in words; '' while the container has not ended. */
export function meaningOf(container: ContainerView): string {
  if (container.status !== 'exited' && container.status !== 'dead') return '';
  if (container.oomKilled) return t('arch.exit137oom');
  return t(meanings.get(container.exitCode) ?? 'arch.exit1');
}
