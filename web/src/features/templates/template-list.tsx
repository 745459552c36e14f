'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { useSearchState } from '@/lib/use-search-state';
import { common } from '@/messages/common';
import { templates } from '@/messages/templates';
import { STATE_TONES, TEMPLATES_URL, type Template } from './template';

const PAGE_SIZE = 50;
const column = columnsOf<Template>();

function State({ template }: { template: Template }) {
  const t = useWords(templates);
  return <Badge tone={STATE_TONES[template.state]}>{t.states[template.state]}</Badge>;
}

function PurposeLink({ template }: { template: Template }) {
  const t = useWords(templates);
  return (
    <Link href={`/dashboard/messages/templates/${template.id}/`} className="row-link font-semibold text-ink hover:text-accent">
      {t.purposes[template.purpose] ?? template.purpose}
    </Link>
  );
}

/** What stands in the way of messages, before the list. */
function Obstacles({ list }: { list: Template[] }) {
  const t = useWords(templates);
  const refused = list.filter((m) => m.state === 'rejected' || m.state === 'paused').length;
  const activates = list.some((m) => m.purpose === 'activation' && m.state === 'approved');
  if (refused === 0 && activates) return null;
  return (
    <div className="mb-6 flex flex-col gap-3">
      {!activates && <Alert tone="look" title={t.noActivation}>{t.noActivationHelp}</Alert>}
      {refused > 0 && <Alert tone="look" title={t.refused(refused)}>{t.refusedHelp}</Alert>}
    </div>
  );
}

export function TemplateList() {
  const t = useWords(templates);
  const c = useWords(common);
  const mayWrite = useIsDoctor();
  const [{ page }, change] = useSearchState({ page: '1' });
  const query = useList<Template>('templates', TEMPLATES_URL, { page, page_size: PAGE_SIZE });
  const add = mayWrite && (
    <ButtonLink look="primary" href="/dashboard/messages/templates/new/" icon={<Plus aria-hidden className="size-5" />}>{t.add}</ButtonLink>
  );
  const columns = [
    column.accessor('purpose', { header: t.columns.purpose, cell: ({ row }) => <PurposeLink template={row.original} /> }),
    column.accessor('language', { header: t.columns.language, cell: ({ getValue }) => c.languages[getValue()] }),
    column.accessor('state', { header: t.columns.state, cell: ({ row }) => <State template={row.original} /> }),
    column.accessor('body', { header: t.columns.body, cell: ({ getValue }) => <span className="line-clamp-1 text-ink-soft">{getValue()}</span> }),
    column.accessor('checked_at', {
      header: t.columns.checked,
      cell: ({ getValue }) => <span className="whitespace-nowrap text-ink-soft">{getValue() ? <When at={getValue()!} /> : t.never}</span>,
    }),
  ];

  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/messages/', label: t.back }} action={add} />
      {query.data && query.data.count > 0 && <Obstacles list={query.data.results} />}
      <Panel flush>
        <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.emptyTitle} action={add}>{t.emptyHelp}</Empty>}>
          {(data) => (
            <>
              <DataTable
                label={t.title}
                columns={columns}
                rows={data.results}
                dimmed={query.isPlaceholderData}
                card={(template) => (
                  <>
                    <div className="flex flex-wrap items-center justify-between gap-2">
                      <span><PurposeLink template={template} /> <span className="text-ink-soft">· {c.languages[template.language]}</span></span>
                      <State template={template} />
                    </div>
                    <p className="mt-1 line-clamp-2 text-ink-soft">{template.body}</p>
                  </>
                )}
              />
              <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
            </>
          )}
        </ListState>
      </Panel>
    </>
  );
}
