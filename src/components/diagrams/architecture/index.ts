import { t } from '../../../state/strings/index.ts';
import type { Diagram } from '../kit/types.ts';
import { factTable, sayChanges } from './facts.ts';
import { Waiting } from './Waiting.tsx';

export const diagram: Diagram = {
  key: 'architecture',
  title: t('arch.title'),
  order: 1,
  load: () => import('./Architecture.tsx'),
  Waiting,
  table: factTable,
  say: sayChanges,
};
