import { Maximize2, Minimize2, RotateCw, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { request } from '../../state/actions.ts';
import { show, useApp } from '../../state/app.ts';
import { size } from '../../state/format.ts';
import { previewAt } from '../../state/side.ts';
import { t } from '../../state/strings/index.ts';
import { bridgeScript } from './bridge.ts';
import { Fetched } from './fetched.ts';
import { addressOf, frameDocument, imageDocument, textDocument } from './page.ts';
import { followed, redirected, type Visit } from './visit.ts';

const redirectsMax = 10;

/** A browser on the machine: what it asks goes through the simulated network, what it gets is drawn in a sandbox. */
export function Preview({ url }: { url: string }) {
  const machine = useApp((state) => state.machine);
  const large = useApp((state) => state.sideLarge);
  const [visit, setVisit] = useState<Visit>({ url, method: 'GET', body: '' });
  const [address, setAddress] = useState(url);
  /** Where the page that is shown came from, after redirects: its links start there. */
  const [shown, setShown] = useState(url);
  const [page, setPage] = useState<{ document?: string; message?: string; loading: boolean }>({ loading: true });
  const frame = useRef<HTMLIFrameElement>(null);
  const turn = useRef(new AbortController());

  const ask = useCallback(
    async (what: Visit, signal: AbortSignal): Promise<{ answer: Fetched; url: string }> => {
      let visit = what;
      for (let hops = 0; ; hops++) {
        const form = visit.method === 'POST';
        const answer = new Fetched(
          await request(
            machine,
            {
              url: visit.url,
              method: visit.method,
              headers: [
                ['User-Agent', 'Drydock preview'],
                ['Accept', '*/*'],
                ...(form ? ([['Content-Type', 'application/x-www-form-urlencoded']] as const) : []),
              ],
              body: form ? visit.body : '',
            },
            signal,
          ),
        );
        const next = redirected(visit, answer.status, answer.location);
        if (!next || hops >= redirectsMax) return { answer, url: visit.url };
        visit = next;
      }
    },
    [machine],
  );

  const go = useCallback(
    async (next: Visit) => {
      turn.current.abort();
      const { signal } = (turn.current = new AbortController());
      setVisit(next);
      setAddress(next.url);
      setPage((old) => ({ ...old, loading: true }));
      let result: { document?: string; message?: string; loading: boolean };
      try {
        const { answer, url: at } = await ask(next, signal);
        const part = (link: string) =>
          ask({ url: link, method: 'GET', body: '' }, signal).then(
            ({ answer: got }) => (got.status === 200 ? got : undefined),
            () => undefined,
          );
        if (answer.type === 'text/html') result = { document: await frameDocument(answer.text(), at, bridgeScript, part), loading: false };
        else if (/^(text\/|application\/(json|xml|javascript))/.test(answer.type))
          result = { document: textDocument(answer.text(), bridgeScript), loading: false };
        else if (answer.type.startsWith('image/')) result = { document: imageDocument(answer.dataUrl()), loading: false };
        else result = { message: t('preview.binary', { type: answer.type, size: size(answer.body.length) }), loading: false };
        if (!signal.aborted) {
          setAddress(at);
          setShown(at);
          previewAt(at);
        }
      } catch (error) {
        result = {
          message: `${t('preview.refused', { host: hostOf(next.url) })} ${error instanceof Error ? error.message : ''}`,
          loading: false,
        };
      }
      if (!signal.aborted) setPage(result);
    },
    [ask],
  );

  useEffect(() => {
    void go({ url, method: 'GET', body: '' });
    return () => turn.current.abort();
  }, [url, go]);

  useEffect(() => {
    const told = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow || event.data?.drydock !== 'go') return;
      const { url: link, method, body } = event.data as { url: string; method: string; body?: string };
      const next = followed(shown, { url: String(link), method, body: body === undefined ? undefined : String(body) });
      if (next) void go(next);
    };
    addEventListener('message', told);
    return () => removeEventListener('message', told);
  }, [shown, go]);

  return (
    <>
      <form
        className="flex h-[38px] flex-none items-center gap-1 border-b border-line px-2"
        onSubmit={(event) => {
          event.preventDefault();
          void go({ url: addressOf(address), method: 'GET', body: '' });
        }}
      >
        <button
          type="button"
          className="button"
          aria-label={t('preview.reload')}
          title={t('preview.reload')}
          onClick={() => void go(visit)}
        >
          <RotateCw size={14} aria-hidden />
        </button>
        <input
          data-first
          className="field min-w-0 flex-1 font-mono"
          aria-label={t('preview.address')}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          spellCheck={false}
        />
        <button
          type="button"
          className="button single:hidden"
          aria-pressed={large}
          aria-label={t(large ? 'preview.smaller' : 'preview.larger')}
          title={t(large ? 'preview.smaller' : 'preview.larger')}
          onClick={() => useApp.setState({ sideLarge: !large })}
        >
          {large ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />}
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('preview.close')}
          title={t('preview.close')}
          onClick={() => show({ kind: 'messages' })}
        >
          <X size={15} aria-hidden />
        </button>
      </form>
      <div className="relative min-h-0 flex-1 bg-[#fff]">
        {page.document !== undefined && (
          <iframe
            ref={frame}
            title={t('preview.frame', { address: shown })}
            sandbox="allow-scripts allow-forms"
            srcDoc={page.document}
            // A page is shown on white: it must not think that the one around it is dark.
            className="absolute inset-0 h-full w-full [color-scheme:light]"
          />
        )}
        {page.message !== undefined && <p className="absolute inset-0 bg-s1 px-4 py-3 text-small text-ink">{page.message}</p>}
      </div>
      <p role="status" className="flex-none border-t border-line px-3 py-1.5 text-print text-ink2">
        {page.loading ? t('preview.loading', { host: hostOf(visit.url) }) : t('preview.note', { machine })}
      </p>
    </>
  );
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? url;
}
