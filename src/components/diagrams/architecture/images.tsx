import { ArrowDown, Box as BoxIcon, Lock } from 'lucide-react';
import type { ImageView, TransferView } from '../../../state/app.ts';
import { shortId, size } from '../../../state/format.ts';
import { t } from '../../../state/strings/index.ts';
import { imageName, layersOf, transferWords } from './facts.ts';
import type { ImageDetail } from './fit.ts';
import { Thing } from './Thing.tsx';

/** An image: its name and size, and its upper layers where there is room. */
export function ImageShape({ image, layers, detail, width }: { image: ImageView; layers: number; detail: ImageDetail; width: number }) {
  const name = imageName(image);
  const sentence = t('arch.describe.image', { name, size: size(image.size), layers: layersOf(image) });
  if (detail === 'line') {
    return (
      <Thing name={sentence}>
        <div className="flex items-center gap-1.5 text-print text-ink2" title={sentence}>
          <BoxIcon size={11} className="flex-none" aria-hidden />
          <span className="min-w-0 flex-1 truncate font-medium text-ink">{name}</span>
          {name.length * 6.3 + size(image.size).length * 6.7 + 30 < width && (
            <span className="flex-none font-mono">{size(image.size)}</span>
          )}
        </div>
      </Thing>
    );
  }
  return (
    <Thing name={sentence}>
      <div className="flex items-center gap-1.5 text-label font-bold text-ink" title={name}>
        <BoxIcon size={12} className="flex-none text-ink2" aria-hidden />
        <span className="truncate">{name}</span>
      </div>
      <div className="flex justify-between gap-2 overflow-hidden font-mono text-print whitespace-nowrap text-ink2">
        <span className="truncate">{shortId(image.id)}</span>
        <span className="flex-none">{size(image.size)}</span>
      </div>
      {layers > 0 && (
        <div className="mt-1">
          {[...image.layers]
            .slice(-layers)
            .reverse()
            .map((layer) => (
              <div
                key={layer.diffId}
                className="mb-[3px] flex h-[19px] overflow-hidden rounded-layer border border-edge bg-s3 text-print text-ink"
              >
                <LockEnd />
                <span className="truncate px-1.5 leading-[17px]" title={layer.createdBy}>
                  {instruction(layer.createdBy)}
                </span>
              </div>
            ))}
          {layers < image.layers.length && (
            <div className="text-print text-ink2">{t('arch.layersShown', { shown: layers, all: image.layers.length })}</div>
          )}
        </div>
      )}
    </Thing>
  );
}

const LockEnd = () => (
  <span className="hatched flex w-[18px] flex-none items-center justify-center border-r border-edge">
    <Lock size={10} aria-hidden />
  </span>
);

/** An image on its way: each layer a place that fills as its bytes come, the base at the bottom. */
export function TransferShape({ transfer, layers }: { transfer: TransferView; layers: number }) {
  const state = transferWords(transfer);
  return (
    <Thing name={t('arch.describe.transfer', { name: transfer.reference, host: transfer.host, state })}>
      <div className="flex items-center gap-1.5 text-label font-bold text-ink" title={transfer.reference}>
        <ArrowDown size={12} className="flex-none text-accent" aria-hidden />
        <span className="truncate">{transfer.reference}</span>
      </div>
      <div className="truncate text-print text-ink2">{state}</div>
      <div className="mt-1">
        {windowOf(transfer.layers, layers).map((layer) => (
          <Coming key={layer.id} layer={layer} />
        ))}
      </div>
    </Thing>
  );
}

/** So many layers, newest on top, with the one that moves or unpacks among them. */
function windowOf(layers: TransferView['layers'], count: number): TransferView['layers'] {
  const now = layers.findIndex((layer) => layer.state === 'moving' || layer.state === 'unpacking');
  const next = now >= 0 ? now : layers.findIndex((layer) => layer.state === 'waiting');
  const first = Math.max(0, Math.min(layers.length - count, (next < 0 ? layers.length : next) - Math.floor(count / 2)));
  return layers.slice(first, first + count).toReversed();
}

function Coming({ layer }: { layer: TransferView['layers'][number] }) {
  const here = layer.state !== 'waiting' && layer.state !== 'moving';
  const share = here ? 1 : layer.moved / Math.max(1, layer.total);
  const words = t(`arch.layer.${layer.state}`, { moved: size(layer.moved), total: size(layer.total) });
  return (
    <div
      className={`relative mb-[3px] flex h-[19px] overflow-hidden rounded-layer border text-print ${layer.state === 'waiting' ? 'border-dotted border-edge text-ink2' : here ? 'border-edge text-ink' : 'border-dashed border-accent text-ink'}`}
      title={`${layer.id} ${words}`}
    >
      <span className="absolute inset-y-0 left-0 bg-s3 transition-[width] duration-[160ms]" style={{ width: `${share * 100}%` }} />
      <span
        className={`relative flex w-[18px] flex-none items-center justify-center border-r ${here ? 'hatched border-edge' : 'border-line'}`}
      >
        {here && <Lock size={10} aria-hidden />}
      </span>
      <span className="relative flex-none px-1.5 font-mono leading-[17px]">{layer.id.slice(0, 6)}</span>
      <span className="relative min-w-0 flex-1 truncate pr-1.5 text-right leading-[17px] text-ink2">{words}</span>
    </div>
  );
}

/** A layer on the wire. */
export function Parcel({ upright }: { upright: boolean }) {
  return (
    <div
      aria-hidden="true"
      className={`flex h-full w-full overflow-hidden rounded-layer border-[1.5px] border-accent bg-s3 ${upright ? 'flex-col' : ''}`}
    >
      <span className={`hatched flex-none border-accent ${upright ? 'h-[7px] border-b' : 'w-[7px] border-r'}`} />
    </div>
  );
}

/** '/bin/sh -c #(nop)  CMD ["nginx"]' and the like, without what does not tell. */
function instruction(createdBy: string): string {
  return createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^\/bin\/sh -c /, 'RUN ')
    .replace(/ # buildkit$/, '');
}
