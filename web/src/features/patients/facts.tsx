'use client';

import { FilePlus2 } from 'lucide-react';
import Link from 'next/link';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useMay } from '@/features/documents/use-may';
import { documentPath, DOCUMENTS_URL, type Document } from '@/features/documents/document';
import { api, type Page } from '@/lib/api';
import { formatDate } from '@/lib/format';
import { printedDay } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { documents } from '@/messages/documents';
import { patients } from '@/messages/patients';
import { patientPath, patientUrl } from './patient';

export interface Fact {
  id: number;
  type: 'medication' | 'lab_value' | 'allergy' | 'appointment' | 'diagnosis' | 'vaccination';
  name: string;
  strength?: string;
  dose?: string;
  frequency?: string;
  duration?: string;
  instruction?: string;
  value?: string;
  unit?: string;
  reference?: string;
  flag?: string;
  due?: string;
  quote: string;
  document_id: number;
  page: number;
  date: string | null;
}

const TYPES = ['medication', 'lab_value', 'allergy', 'diagnosis', 'vaccination', 'appointment'] as const;
const SHOWN = 6;
const EARLIER = 4;

/** What was read in this patient's papers; asked again when one of them changes. */
export function useFacts(id: number) {
  return useQuery({ queryKey: ['facts', id], queryFn: ({ signal }) => api.get<Page<Fact>>(`${patientUrl(id)}facts/`, undefined, { signal }) });
}

/** The papers of this record that bear another's name: what they say may be somebody else's. */
const Doubtful = createContext<ReadonlySet<number>>(new Set());

/** null: not known yet. */
function useDoubtful(patientId: number): ReadonlySet<number> | null {
  const { data, error } = useList<Document>('documents', DOCUMENTS_URL, { patient: patientId, needs: 'other_patient', page_size: 100 });
  return useMemo(() => (data || error ? new Set(data?.results.map((document) => document.id)) : null), [data, error]);
}

const day = (fact: Fact) => fact.date ?? '';
const newestFirst = (facts: Fact[]) => [...facts].sort((a, b) => (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : b.id - a.id));

/** The page of the paper that says so, and whether it may be another's. */
function Source({ fact }: { fact: Fact }) {
  const t = useWords(patients);
  const d = useWords(documents);
  const lang = useLang();
  const doubtful = use(Doubtful).has(fact.document_id);
  return (
    <>
      {doubtful && <><Badge tone="look">{d.states.other_patient}</Badge> </>}
      <Link href={documentPath(fact.document_id, fact.page)} prefetch={false} title={fact.quote} className="inline-flex min-h-6 items-center text-small whitespace-nowrap text-accent underline underline-offset-2">
        {fact.date ? formatDate(fact.date, lang) : t.openPaper}
      </Link>
    </>
  );
}

function Line({ fact, children }: { fact: Fact; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
      <div><Source fact={fact} /></div>
    </li>
  );
}

/** What stood in older papers, the last first: smaller, so that nobody takes it for what holds now. */
function Earlier({ name, facts, say }: { name: string; facts: Fact[]; say: (fact: Fact) => string }) {
  const t = useWords(patients);
  if (facts.length === 0) return null;
  return (
    <div className="mt-0.5 flex flex-wrap items-baseline gap-x-3 text-small text-ink-soft">
      <span aria-hidden>{t.earlier}</span>
      <ul aria-label={t.before(name)} className="contents">
        {facts.slice(0, EARLIER).map((fact) => <li key={fact.id} className="tabular">{say(fact)} (<Source fact={fact} />)</li>)}
      </ul>
    </div>
  );
}

const together = (...parts: Array<string | undefined>) => parts.filter(Boolean).join(' ');

const taken = (fact: Fact) => [fact.dose, fact.frequency, fact.duration, fact.instruction].filter(Boolean).join(', ');

/** A medicine as the last paper says it, and as older ones did. */
function Medicine({ fact, before }: { fact: Fact; before: Fact[] }) {
  return (
    <Line fact={fact}>
      <span className="font-semibold">{together(fact.name, fact.strength)}</span>
      {taken(fact) && <span className="block text-ink-soft">{taken(fact)}</span>}
      <Earlier name={fact.name} facts={before} say={(old) => [old.strength, taken(old)].filter(Boolean).join(', ') || old.name} />
    </Line>
  );
}

/** All that the last paper says of one medicine (morning and evening may be two lines of it); what older ones said stands under it. */
function medicines(history: Fact[]): ReactNode[] {
  const last = history.filter((fact) => fact.document_id === history[0]!.document_id);
  const before = history.filter((fact) => fact.document_id !== history[0]!.document_id);
  return last.map((fact, i) => <Medicine key={fact.id} fact={fact} before={i === last.length - 1 ? before : []} />);
}

/** A value with what it was before. */
function Lab({ history }: { history: Fact[] }) {
  const t = useWords(patients);
  const [now, ...before] = history;
  if (!now) return null;
  return (
    <Line fact={now}>
      <span className="font-semibold">{now.name}</span> <span className="tabular whitespace-nowrap">{together(now.value, now.unit)}</span> {now.flag && <Badge tone="look">{t.flags[now.flag] ?? now.flag}</Badge>}
      {now.reference && <span className="block text-small text-ink-soft">{t.reference(now.reference)}</span>}
      <Earlier name={now.name} facts={before} say={(fact) => together(fact.value, fact.unit)} />
    </Line>
  );
}

function Other({ fact }: { fact: Fact }) {
  const t = useWords(patients);
  const lang = useLang();
  const said = (text: string) => printedDay(text, lang) ?? text;
  const more = [fact.value && said(fact.value), fact.dose, fact.due && t.due(said(fact.due))].filter(Boolean).join(' · ');
  return <Line fact={fact}>{fact.name && <span className="font-semibold">{fact.name}</span>}{more && <span className={fact.name ? 'block text-ink-soft' : ''}>{more}</span>}{!fact.name && !more && fact.quote}</Line>;
}

/** The facts of each thing, as its name (and what else makes it one) says, in their order. */
function histories(facts: Fact[], keyOf: (fact: Fact) => string): Fact[][] {
  const byKey = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = keyOf(fact).toLocaleLowerCase();
    byKey.set(key, [...(byKey.get(key) ?? []), fact]);
  }
  return [...byKey.values()];
}

function rowsOf(type: Fact['type'], facts: Fact[]): ReactNode[] {
  if (type === 'medication') return histories(facts, (fact) => fact.name).flatMap(medicines);
  if (type === 'lab_value') return histories(facts, (fact) => together(fact.name, fact.unit)).map((history) => <Lab key={history[0]!.id} history={history} />);
  return facts.map((fact) => <Other key={fact.id} fact={fact} />);
}

function Kind({ type, facts }: { type: Fact['type']; facts: Fact[] }) {
  const t = useWords(patients);
  const [all, setAll] = useState(false);
  const rows = rowsOf(type, newestFirst(facts));
  if (rows.length === 0) return null;
  return (
    <Panel title={t.factTypes[type]}>
      <ul className="divide-y divide-line">{all ? rows : rows.slice(0, SHOWN)}</ul>
      {rows.length > SHOWN && !all && <Button look="quiet" onClick={() => setAll(true)}>{t.showAll(rows.length)}</Button>}
    </Panel>
  );
}

function NoFacts({ patientId }: { patientId: number }) {
  const t = useWords(patients);
  const may = useMay();
  return (
    <Panel title={t.fromPapers}>
      <p className="text-ink-soft">{t.noFacts}</p>
      {may.write && <ButtonLink href={`${patientPath(patientId)}?tab=documents`} prefetch={false} className="mt-3" icon={<FilePlus2 aria-hidden className="size-5" />}>{t.addPapers}</ButtonLink>}
    </Panel>
  );
}

/** Medicines, values, allergies and so on, each with the page that says so. */
export function Facts({ patientId }: { patientId: number }) {
  const query = useFacts(patientId);
  const doubtful = useDoubtful(patientId);
  if (!doubtful) return <SkeletonRows />;
  return (
    <ListState query={query} skeleton={<SkeletonRows />} isEmpty={(data) => data.results.length === 0} empty={<NoFacts patientId={patientId} />}>
      {(data) => <Doubtful value={doubtful}>{TYPES.map((type) => <Kind key={type} type={type} facts={data.results.filter((f) => f.type === type)} />)}</Doubtful>}
    </ListState>
  );
}
