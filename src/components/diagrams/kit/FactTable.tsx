import { t } from '../../../state/strings/index.ts';
import { Scroller } from '../../ui/Scroller.tsx';
import type { TableRow } from './types.ts';

const columns = ['thing', 'name', 'state', 'detail'] as const;

/** "As a table": the drawing's facts in words. In a narrow pane each row stands as a paragraph of its own; the roles stay those of a table. */
export function FactTable({ rows, caption, onOpen }: { rows: readonly TableRow[]; caption: string; onOpen?: (id: string) => void }) {
  return (
    <Scroller label={caption} className="@container h-full bg-bg" inside="px-4 pt-2 pb-8">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: shown as blocks in a narrow pane, where browsers drop a table's roles */}
      <table role="table" className="w-full table-fixed border-collapse text-left text-small @max-[600px]:block">
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          <col className="w-[112px]" />
          <col className="w-[20%]" />
          <col className="w-[18%]" />
          <col />
        </colgroup>
        <thead role="rowgroup" className="@max-[600px]:sr-only">
          <tr role="row" className="text-label text-ink2">
            {columns.map((column) => (
              <th role="columnheader" key={column} scope="col" className="border-b border-edge py-1.5 pr-4 font-medium">
                {t(`arch.table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="@max-[600px]:block">
          {rows.map((row) => (
            <tr role="row" key={row.id} className="border-b border-line align-top @max-[600px]:block @max-[600px]:py-2">
              <td role="cell" className="py-1.5 pr-4 text-ink2 @max-[600px]:mr-2 @max-[600px]:inline @max-[600px]:p-0">
                {row.thing}
              </td>
              <th
                role="rowheader"
                scope="row"
                title={row.title}
                className="py-1.5 pr-4 font-mono font-normal break-words text-ink @max-[600px]:mr-3 @max-[600px]:inline @max-[600px]:p-0"
              >
                {onOpen && row.id.startsWith('container:') ? (
                  <button
                    type="button"
                    className="text-left break-all text-blue underline underline-offset-2"
                    onClick={() => onOpen(row.id)}
                  >
                    {row.name}
                  </button>
                ) : (
                  row.name
                )}
              </th>
              <td role="cell" className="py-1.5 pr-4 @max-[600px]:inline @max-[600px]:p-0">
                {row.state}
              </td>
              <td
                role="cell"
                className="py-1.5 font-mono text-label leading-[18px] break-words text-ink2 @max-[600px]:block @max-[600px]:pt-0.5 @max-[600px]:pb-0"
              >
                {row.detail}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </Scroller>
  );
}
