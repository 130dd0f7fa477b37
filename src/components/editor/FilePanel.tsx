import { Suspense } from 'react';
import { useApp } from '../../state/app.ts';
import { t } from '../../state/strings/index.ts';
import { lazyPart } from '../ui/lazyPart.ts';

const FileEditor = lazyPart(() => import('./FileEditor.tsx'));

/** Over the diagram, below its tabs: the file that is in front. */
export function FilePanel() {
  const files = useApp((state) => state.files);
  const file = useApp((state) => state.file);
  const at = files.findIndex((candidate) => candidate.key === file);
  if (at < 0) return null;
  return (
    <div
      role="tabpanel"
      id={`file-${at}`}
      aria-labelledby={`tab-file-${at}`}
      className="absolute inset-x-0 top-[var(--head)] bottom-0 z-20 bg-s1"
    >
      <Suspense fallback={<p className="p-4 text-small text-ink2">{t('editor.loading')}</p>}>
        <FileEditor key={files[at]!.key} file={files[at]!} />
      </Suspense>
    </div>
  );
}
