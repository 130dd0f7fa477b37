import type { ReactNode } from 'react';
import type { ContainerView } from '../../../state/app.ts';

const cross = <path d="M1.5 1.5l8 8m0-8l-8 8" stroke="currentColor" strokeWidth="1.8" />;

/** A shape first, a colour second. */
const signs: Record<ContainerView['status'], readonly [colour: string, shape: ReactNode]> = {
  running: ['text-ok', <path key="s" d="M1.5 .5 10 5.5 1.5 10.5z" fill="currentColor" />],
  paused: ['text-ink', <path key="s" d="M2 1h2.4v9H2zM6.6 1H9v9H6.6z" fill="currentColor" />],
  restarting: [
    'text-ink',
    <path key="s" d="M9.3 3.2A4.4 4.4 0 1 0 9.9 6M9.6 .8v2.6H7" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  ],
  created: [
    'text-ink2',
    <circle key="s" cx="5.5" cy="5.5" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.8" />,
  ],
  exited: ['text-ink2', <path key="s" d="M1.5 1.5h8v8h-8z" fill="currentColor" />],
  dead: ['text-bad', cross],
  removing: ['text-bad', cross],
};

/** The sign of a container's state; the word always stands beside it. */
export function StateSign({ status }: { status: ContainerView['status'] }) {
  const [colour, shape] = signs[status];
  return (
    <svg width="11" height="11" viewBox="0 0 11 11" aria-hidden="true" className={`flex-none ${colour}`}>
      {shape}
    </svg>
  );
}
