import type { RegistryView, TransferView } from '../../../state/app.ts';
import { t } from '../../../state/strings/index.ts';
import { registryState, transferWords } from './facts.ts';
import { Thing } from './Thing.tsx';

/** A registry: its shelf steps out while it serves. */
export function Registry({ registry, transfer }: { registry: RegistryView; transfer: TransferView | undefined }) {
  const serves = registry.active > 0;
  const last = (transfer?.repository ?? registry.lastRepository)?.replace(/^library\//, '');
  const does = transfer
    ? `${t(transfer.direction === 'pull' ? 'arch.registrySends' : 'arch.registryTakes', { name: last ?? '' })}, ${transferWords(transfer)}`
    : registryState(registry.active);
  return (
    <Thing
      name={t('arch.describe.registry', { name: registry.title, state: does })}
      className={`rounded-client bg-s1 ${serves ? 'border-[1.75px] border-ink' : 'border-[1.5px] border-edge'}`}
    >
      <div
        className={`mt-[5px] h-[6px] border-y transition-transform duration-[240ms] ease-out ${serves ? '-translate-x-[9px] border-l border-ink bg-s3' : 'border-edge'}`}
      />
      <div className="px-2 pt-0.5 text-print text-ink2">
        <div className="font-medium">{t('arch.registry')}</div>
        <div className="truncate text-term leading-[17px] font-bold text-ink" title={registry.title}>
          {registry.title}
        </div>
        {last === undefined ? (
          <>
            {t('arch.registryIdle1')}
            <br />
            {t('arch.registryIdle2')}
          </>
        ) : (
          <>
            <span className="block truncate font-mono text-ink" title={last}>
              {last}
            </span>
            {/* Two lines where one is too short: no word of it is cut. */}
            <span className="line-clamp-2 leading-[13px]">{transfer ? transferWords(transfer) : registryState(registry.active)}</span>
          </>
        )}
      </div>
    </Thing>
  );
}
