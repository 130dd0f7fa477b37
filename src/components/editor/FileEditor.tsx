import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import { editFile, watchFile } from '../../state/actions.ts';
import { type OpenFile, useApp } from '../../state/app.ts';
import { closeFile, draftOf, type FileProblem, keepDraft } from '../../state/editors.ts';
import { t } from '../../state/strings/index.ts';
import { languageOf } from './language.ts';
import { look } from './look.ts';

type Status =
  | { readonly kind: 'loading' }
  | { readonly kind: 'clean'; readonly saved: boolean }
  | { readonly kind: 'dirty' }
  | { readonly kind: 'problem'; readonly problem: FileProblem; readonly reason: string };

/** One file of a machine: its text, whether it is saved, and what stands in the way. */
export default function FileEditor({ file }: { file: OpenFile }) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  /** Time of change of the text that the editor began with, and that text. */
  const base = useRef({ text: '', mtime: 0 });
  const [status, setStatus] = useState<Status>({ kind: 'loading' });
  /** The file has been changed on the machine since it was opened or saved here. */
  const [outside, setOutside] = useState(false);
  /** The file's time as it was seen last, and whether a read or save is on its way. */
  /** What was there outside is gone. */
  const [removed, setRemoved] = useState(false);
  const seen = useRef({ mtime: 0, asking: false });
  /** Close was asked for, and there is something to lose. */
  const [asking, setAsking] = useState(false);

  const ask = async (what: { text?: string; mtime?: number }) => {
    const { path, uid, gid, groups } = file;
    seen.current = { mtime: 0, asking: true };
    const answer = await editFile(file.machine, { path, uid, gid, groups, ...what });
    // A change that came while this was on its way is newer than the answer.
    if (answer.error === 'changed') setRemoved(answer.mtime === 0);
    setOutside(answer.error === undefined ? seen.current.mtime > answer.mtime : answer.error === 'changed');
    seen.current.asking = false;
    return answer;
  };

  const load = async () => {
    const answer = await ask({});
    if (answer.error) return setStatus({ kind: 'problem', problem: answer.error, reason: answer.reason ?? '' });
    base.current = { text: answer.text, mtime: answer.mtime };
    keepDraft(file.key, undefined);
    setOutside(false);
    // What stood there is one step back.
    if (view.current) view.current.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert: answer.text } });
    else show(answer.text);
    setStatus({ kind: 'clean', saved: false });
  };

  /** True when the file now holds what the editor shows. */
  const save = async (over = false): Promise<boolean> => {
    const text = view.current?.state.doc.toString();
    if (text === undefined) return false;
    const answer = await ask({ text, ...(over ? {} : { mtime: base.current.mtime }) });
    setAsking(false);
    if (answer.error) {
      setStatus({ kind: 'problem', problem: answer.error, reason: answer.reason ?? '' });
      return false;
    }
    base.current = { text, mtime: answer.mtime };
    const now = view.current?.state.doc.toString();
    keepDraft(file.key, now === text || now === undefined ? undefined : { text: now, mtime: answer.mtime });
    setStatus(now === text ? { kind: 'clean', saved: true } : { kind: 'dirty' });
    return now === text;
  };

  function show(text: string): void {
    view.current?.destroy();
    const { key, path } = file;
    view.current = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          languageOf(path),
          look,
          EditorView.contentAttributes.of({ 'aria-label': t('editor.text', { path }) }),
          keymap.of([
            { key: 'Mod-s', preventDefault: true, run: () => (void save(), true) },
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            indentWithTab,
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            const typed = update.state.doc.toString();
            const changed = typed !== base.current.text;
            keepDraft(key, changed ? { text: typed, mtime: base.current.mtime } : undefined);
            setStatus(changed ? { kind: 'dirty' } : { kind: 'clean', saved: false });
          }),
        ],
      }),
    });
    if (useApp.getState().file === key) view.current.focus();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one editor for one file; its functions read what is newest
  useEffect(() => {
    const draft = draftOf(file.key);
    if (draft) {
      // What the file held is not kept with the draft: it counts as changed until it is saved.
      base.current = { text: '\0', mtime: draft.mtime };
      show(draft.text);
      setStatus({ kind: 'dirty' });
    } else void load();
    const stop = watchFile(file.machine, file.path, (mtime) => {
      seen.current.mtime = mtime;
      setRemoved(mtime === 0);
      if (view.current && !seen.current.asking) setOutside(mtime !== base.current.mtime);
    });
    return () => {
      stop();
      view.current?.destroy();
      view.current = undefined;
    };
  }, [file.key]);

  return (
    <div className="flex h-full min-h-0 flex-col bg-s1">
      <div className="flex min-h-[44px] flex-none items-center gap-3 border-b border-line py-1.5 pr-3 pl-[18px]">
        <span className="min-w-0 truncate font-mono text-label text-ink2">{file.path}</span>
        {file.uid === 0 && <span className="text-label text-ink2">{t('editor.asRoot')}</span>}
        <span className="ml-auto flex-none text-label text-ink2 max-[719.9px]:max-w-24 max-[719.9px]:truncate" role="status">
          {status.kind === 'clean' && !outside
            ? status.saved
              ? t('editor.saved')
              : t('editor.leave')
            : status.kind === 'dirty'
              ? t('editor.dirty')
              : t('editor.leave')}
        </span>
        <button type="button" className="button button-outline" disabled={status.kind === 'loading'} onClick={() => void save()}>
          {t('editor.save')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            if (status.kind === 'dirty') setAsking(true);
            else closeFile(file.key);
          }}
        >
          {t('editor.close')}
        </button>
      </div>
      {asking && (
        <div
          role="alert"
          className="flex flex-none flex-wrap items-center gap-2 border-b border-line bg-s2 px-[18px] py-2 text-small text-ink"
        >
          <span className="min-w-0 flex-1">{t('editor.discard', { path: file.path })}</span>
          <button type="button" className="button button-outline" onClick={() => void save().then((done) => done && closeFile(file.key))}>
            {t('editor.saveClose')}
          </button>
          <button type="button" className="button button-outline" onClick={() => closeFile(file.key)}>
            {t('editor.dontSave')}
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {t('editor.goOn')}
          </button>
        </div>
      )}
      {(outside || status.kind === 'problem') && (
        <div
          role="alert"
          className="flex flex-none flex-wrap items-center gap-2 border-b border-bad bg-bad-soft px-[18px] py-2 text-small text-ink"
        >
          <span className="min-w-0 flex-1">
            {status.kind === 'problem' && !outside
              ? t(`editor.problem.${status.problem}`, { path: file.path, reason: status.reason })
              : t(removed ? 'editor.problem.removed' : 'editor.problem.changed', { path: file.path })}
          </span>
          {outside && (
            <>
              <button type="button" className="button button-outline" onClick={() => void load()}>
                {t('editor.reload')}
              </button>
              <button type="button" className="button button-outline" onClick={() => void save(true)}>
                {t('editor.overwrite')}
              </button>
            </>
          )}
        </div>
      )}
      <div ref={place} className="min-h-0 flex-1 overflow-hidden" />
    </div>
  );
}
