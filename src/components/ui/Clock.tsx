import { clock } from '../../state/format.ts';
import { useNow } from './useNow.ts';

/** Virtual time now, to the tenth of a second. */
export function Clock() {
  return <>{clock(useNow(100))}</>;
}
