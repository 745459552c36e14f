'use client';

import { createColumnHelper, rowSortingFeature, tableFeatures, useTable, type ColumnDef, type RowData, type SortingState } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';

import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { Button } from './button';

const features = tableFeatures({ rowSortingFeature });

export type Columns<T extends RowData> = Array<ColumnDef<typeof features, T, any>>;

/** `columnsOf<Patient>()` gives the helper whose columns a <DataTable> takes; sorting happens on the server, by the column's id. */
export const columnsOf = <T extends RowData>() => createColumnHelper<typeof features, T>();

interface ColumnLook {
  /** Right for numbers. */
  align?: 'right';
  /** Left out where there is little room. */
  wide?: boolean;
}
/** How a column looks, by its id. */
export type ColumnLooks = Record<string, ColumnLook>;

function sortingOf(ordering: string | undefined): SortingState {
  return ordering ? [{ id: ordering.replace(/^-/, ''), desc: ordering.startsWith('-') }] : [];
}

/**
 * Rows that are there. On a phone each is a card of `card(row)`. The link of a row is in one cell with class "row-link".
 * `ordering` and `onOrdering` as the API's ?ordering=.
 */
export function DataTable<T extends { id: number | string }>({ label, columns, looks = {}, rows, card, ordering, onOrdering, dimmed }: {
  label: string;
  columns: Columns<T>;
  looks?: ColumnLooks;
  rows: T[];
  card?: (row: T) => ReactNode;
  ordering?: string;
  onOrdering?: (ordering: string) => void;
  /** Old rows while new ones come. */
  dimmed?: boolean;
}) {
  const t = useWords(common);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => String(row.id),
    manualSorting: true,
    enableSorting: Boolean(onOrdering),
    enableSortingRemoval: false,
    state: { sorting: sortingOf(ordering) },
    onSortingChange: (update) => {
      const [first] = typeof update === 'function' ? update(sortingOf(ordering)) : update;
      if (first) onOrdering?.(`${first.desc ? '-' : ''}${first.id}`);
    },
  });
  return (
    <div className={cn('transition-opacity', dimmed && 'opacity-60')}>
      {card && (
        <ul aria-label={label} className="divide-y divide-line md:hidden">
          {rows.map((row) => <li key={row.id} className="relative px-4 py-3 hover:bg-sunken">{card(row)}</li>)}
        </ul>
      )}
      <div className={cn('overflow-x-auto', card && 'hidden md:block')}>
        <table aria-label={label} className="w-full border-collapse text-left">
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} className="border-b border-line text-small text-ink-soft">
                {group.headers.map((header) => {
                  const look = looks[header.column.id] ?? {};
                  const sorted = header.column.getIsSorted();
                  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown;
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
                      className={cn('px-4 py-2 font-semibold whitespace-nowrap', look.align === 'right' && 'text-right', look.wide && 'hidden xl:table-cell')}
                    >
                      {header.column.getCanSort() ? (
                        <button type="button" title={t.sort} onClick={header.column.getToggleSortingHandler()} className="-mx-1 inline-flex min-h-8 items-center gap-1 rounded-md px-1 hover:text-ink">
                          <table.FlexRender header={header} />
                          <Icon aria-hidden className="size-4" />
                        </button>
                      ) : (
                        <table.FlexRender header={header} />
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} className="relative h-11 border-b border-line last:border-0 hover:bg-sunken">
                {row.getAllCells().map((cell) => {
                  const look = looks[cell.column.id] ?? {};
                  return (
                    <td key={cell.id} className={cn('px-4 py-2 align-middle', look.align === 'right' && 'text-right', look.wide && 'hidden xl:table-cell')}>
                      <table.FlexRender cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Which part of a list one sees, and the way to the next. Nothing when all of it is there. */
export function Pager({ page, pageSize, count, onPage }: { page: number; pageSize: number; count: number; onPage: (page: number) => void }) {
  const t = useWords(common);
  const lang = useLang();
  const pages = Math.max(1, Math.ceil(count / pageSize));
  if (pages === 1) return null;
  const from = (page - 1) * pageSize + 1;
  const to = Math.min(page * pageSize, count);
  return (
    <nav aria-label={t.pages} className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2">
      <p className="tabular text-small text-ink-soft">{t.range(formatNumber(from, lang), formatNumber(to, lang), formatNumber(count, lang))}</p>
      <div className="flex gap-2">
        <Button disabled={page <= 1} onClick={() => onPage(page - 1)} icon={<ChevronLeft aria-hidden className="size-5" />}>{t.previous}</Button>
        <Button disabled={page >= pages} onClick={() => onPage(page + 1)}>{t.next}<ChevronRight aria-hidden className="size-5" /></Button>
      </div>
    </nav>
  );
}
