import { t } from '../../../state/strings/index.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import type { TableRow } from './types.ts';

/** "As a table": the drawing's facts in words. */
export function FactTable({ rows, caption, onOpen }: { rows: readonly TableRow[]; caption: string; onOpen?: (id: string) => void }) {
  return (
    <ScrollRegion label={caption} className="h-full bg-bg p-4">
      <table className="w-full border-collapse text-left text-small">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr className="text-label text-ink2">
            {(['thing', 'name', 'state', 'detail'] as const).map((column) => (
              <th key={column} scope="col" className="border-b border-edge py-1.5 pr-4 font-medium">
                {t(`arch.table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-b border-line align-top">
              <td className="py-1.5 pr-4 text-ink2">{row.thing}</td>
              <th scope="row" className="py-1.5 pr-4 font-mono font-normal text-ink">
                {onOpen && row.id.startsWith('container:') ? (
                  <button type="button" className="text-blue underline underline-offset-2" onClick={() => onOpen(row.id)}>
                    {row.name}
                  </button>
                ) : (
                  row.name
                )}
              </th>
              <td className="py-1.5 pr-4 whitespace-nowrap">{row.state}</td>
              <td className="py-1.5 font-mono break-words text-ink2">{row.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
