'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Skeleton } from '@/components/ui/skeleton';
import { HowToChange } from '@/features/clinic/how-to-change';
import { Waiting } from '@/features/clinic/waiting';
import { CheckPanel } from '@/features/settings/check-panel';
import { ReservedPage } from '@/features/settings/reserved';
import { valueOf, type Setting } from '@/features/settings/setting';
import { SettingRows } from '@/features/settings/setting-rows';
import { useSettings } from '@/features/settings/use-settings';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useEvent } from '@/lib/events';
import { formatDate, formatNumber } from '@/lib/format';
import { formatBytes } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { useSearchState } from '@/lib/use-search-state';
import { models } from '@/messages/models';
import { settings as settingsWords } from '@/messages/settings';

interface Day {
  day: string;
  kind: string;
  provider: string;
  model: string;
  calls: number;
  failed: number;
  sent_bytes: number;
  tokens_in: number;
  tokens_out: number;
  cost_usd: number | null;
}

interface Embeddings {
  state: 'none' | 'incomplete' | 'waiting' | 'running' | 'failed' | 'complete';
  model: string | null;
  passages: number;
  embedded: number;
  last_error: string | null;
}

const PAGE_SIZE = 25;
const EMBEDDINGS_URL = '/api/rag/embeddings/';
const EMBED_TONES: Record<Embeddings['state'], Tone> = { none: 'plain', incomplete: 'look', waiting: 'waiting', running: 'accent', failed: 'look', complete: 'good' };
const column = columnsOf<Day & { id: string }>();

const GEMINI = ['GEMINI_API_KEY', 'GEMINI_MODEL', 'GEMINI_EMBED_MODEL'];
const OPENAI = ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL', 'OPENAI_EMBED_MODEL'];
const PRICES = ['MODEL_PRICE_IN', 'MODEL_PRICE_OUT', 'EMBED_PRICE'];

/** The settings of what is used; what is not is not shown. */
function namesOf(list: Setting[]): string[] {
  const used = [valueOf(list, 'LLM'), valueOf(list, 'EMBEDDER')];
  const outside = used.includes('gemini') || used.includes('openai');
  return [
    'LLM', 'EMBEDDER', ...(used.includes('gemini') ? GEMINI : []), ...(used.includes('openai') ? OPENAI : []),
    ...(outside ? ['MODEL_TIMEOUT', ...PRICES] : []), 'VECTOR_STORE', ...(valueOf(list, 'VECTOR_STORE') === 'pinecone' ? ['PINECONE_INDEX_NAME', 'PINECONE_API_KEY'] : []),
  ];
}

function Meaning() {
  const t = useWords(models);
  const lang = useLang();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const query = useRecord<Embeddings>('embeddings', EMBEDDINGS_URL);
  const renew = () => client.invalidateQueries({ queryKey: ['embeddings'] });
  useEvent('embedding', () => void renew());

  async function make() {
    setBusy(true);
    try {
      await api.post(EMBEDDINGS_URL);
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
    } finally {
      await renew();
      setBusy(false);
    }
  }

  return (
    <Panel title={t.meaning}>
      <ListState query={query} skeleton={<Skeleton className="h-16" />}>
        {(data) => (
          <div className="flex flex-col items-start gap-2">
            <Badge tone={EMBED_TONES[data.state]}>{t.meaningStates[data.state]}</Badge>
            {data.state === 'none' ? <p className="text-ink-soft">{t.meaningNone}</p> : (
              <>
                <ProgressBar label={t.meaning} value={data.embedded} total={data.passages} />
                <p className="tabular">{t.passages(formatNumber(data.embedded, lang), formatNumber(data.passages, lang))}</p>
                {data.last_error && <p className="text-small [overflow-wrap:anywhere] text-look-ink">{data.last_error}</p>}
                {(data.state === 'incomplete' || data.state === 'failed') && <Button busy={busy} onClick={() => void make()}>{t.makeVectors}</Button>}
              </>
            )}
          </div>
        )}
      </ListState>
    </Panel>
  );
}

function Calls() {
  const t = useWords(models);
  const lang = useLang();
  const [{ page }, change] = useSearchState({ page: '1' });
  const query = useList<Day>('modelcalls', '/api/models/days/', { page, page_size: PAGE_SIZE });
  const cost = (usd: number | null) => (usd === null ? '–' : formatNumber(usd, lang, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }));
  const number = (value: number) => <span className="tabular">{formatNumber(value, lang)}</span>;
  const columns = [
    column.accessor('day', { header: t.columns.day, cell: ({ getValue }) => <span className="whitespace-nowrap">{formatDate(getValue(), lang)}</span> }),
    column.accessor('kind', { header: t.columns.kind, cell: ({ row }) => <span>{t.kinds[row.original.kind] ?? row.original.kind} <span className="text-small text-ink-soft">{row.original.model}</span></span> }),
    column.accessor('calls', { header: t.columns.calls, cell: ({ getValue }) => number(getValue()) }),
    column.accessor('failed', { header: t.columns.failed, cell: ({ getValue }) => number(getValue()) }),
    column.accessor('sent_bytes', { header: t.columns.sent, cell: ({ getValue }) => <span className="tabular whitespace-nowrap">{formatBytes(getValue(), lang)}</span> }),
    column.accessor('cost_usd', { header: t.columns.cost, cell: ({ getValue }) => <span className="tabular">{cost(getValue())}</span> }),
  ];
  return (
    <Panel title={t.calls} flush>
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.noCalls}>{t.noCallsHelp}</Empty>}>
        {(data) => (
          <>
            <DataTable
              label={t.calls}
              columns={columns}
              looks={{ calls: { align: 'right' }, failed: { align: 'right' }, sent_bytes: { align: 'right' }, cost_usd: { align: 'right' } }}
              rows={data.results.map((day) => ({ ...day, id: `${day.day} ${day.kind} ${day.provider} ${day.model}` }))}
              dimmed={query.isPlaceholderData}
              card={(day) => (
                <>
                  <p className="font-semibold">{formatDate(day.day, lang)}</p>
                  <p>{t.kinds[day.kind] ?? day.kind} <span className="text-small text-ink-soft">{day.model}</span></p>
                  <p className="tabular text-small text-ink-soft">{t.callsOf(day.calls, day.failed)} · {cost(day.cost_usd)}</p>
                </>
              )}
            />
            <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
          </>
        )}
      </ListState>
    </Panel>
  );
}

function Content() {
  const t = useWords(models);
  const s = useWords(settingsWords);
  const query = useSettings();
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} />
      <div className="flex flex-col gap-6">
        {query.data && <Waiting list={query.data.settings} />}
        <CheckPanel name="models" help={t.checkHelp} />
        <ListState query={query} skeleton={<Skeleton className="h-64" />}>
          {(data) => <Panel title={t.used}><SettingRows label={t.used} settings={data.settings} names={namesOf(data.settings)} /></Panel>}
        </ListState>
        <Meaning />
        <Calls />
        {query.data && <HowToChange list={query.data.settings}>{t.howToChange}</HowToChange>}
      </div>
    </>
  );
}

export function ModelsPage() {
  const t = useWords(models);
  return <ReservedPage title={t.title} roles={['admin']}><Content /></ReservedPage>;
}
