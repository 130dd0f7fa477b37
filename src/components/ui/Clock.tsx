import { useView } from '../../state/app.ts';
import { clock } from '../../state/format.ts';

/** Virtual time now. */
export function Clock() {
  return <>{clock(useView((view) => view?.now ?? 0))}</>;
}
