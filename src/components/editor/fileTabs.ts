import { useApp } from '../../state/app.ts';
import type { TabItem } from '../ui/TabList.tsx';

/** A tab for each file that is open in the editor, beside the diagrams. */
export function useFileTabs(): readonly TabItem<string>[] {
  const files = useApp((state) => state.files);
  return files.map(({ key, path }, i) => ({ key, label: path.replace(/.*\//, ''), controls: `file-${i}` }));
}
