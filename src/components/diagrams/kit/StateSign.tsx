import type { ContainerView } from '../../../state/app.ts';

/** The sign of a state: a shape first, a colour second. */
export function StateSign({ status }: { status: ContainerView['status'] }) {
  const common = { width: 11, height: 11, viewBox: '0 0 11 11', 'aria-hidden': true } as const;
  switch (status) {
    case 'running':
      return <svg {...common} className="flex-none text-ok"><path d="M1.5 .5 10 5.5 1.5 10.5z" fill="currentColor" /></svg>;
    case 'paused':
      return <svg {...common} className="flex-none text-ink"><path d="M2 1h2.4v9H2zM6.6 1H9v9H6.6z" fill="currentColor" /></svg>;
    case 'restarting':
      return <svg {...common} className="flex-none text-ink"><path d="M9.3 3.2A4.4 4.4 0 1 0 9.9 6M9.6 .8v2.6H7" fill="none" stroke="currentColor" strokeWidth="1.4" /></svg>;
    case 'created':
      return <svg {...common} className="flex-none text-ink2"><circle cx="5.5" cy="5.5" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.8" /></svg>;
    case 'exited':
      return <svg {...common} className="flex-none text-ink2"><path d="M1.5 1.5h8v8h-8z" fill="currentColor" /></svg>;
    default:
      return <svg {...common} className="flex-none text-bad"><path d="M1.5 1.5l8 8m0-8l-8 8" stroke="currentColor" strokeWidth="1.8" /></svg>;
  }
}
