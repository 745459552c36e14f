'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Bell, CircleAlert, Eye, FileX2, MessageCircleWarning, Phone, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import { IconButton } from '@/components/ui/button';
import { Empty, Failed } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { SkeletonRows } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { formatNumber, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { today } from '@/messages/today';

interface Notification {
  id: number;
  kind: string;
  severity: 'know' | 'look' | 'danger';
  patient: number | null;
  object: number | null;
  created_at: string;
}
interface Conversation {
  id: number;
  phone: string;
  waiting_since: string | null;
}
interface Paper {
  id: number;
  title: string;
  error: string | null;
  updated_at: string;
}
interface Person {
  first_name: string;
  last_name: string;
  phone: string;
}

const SHOWN = 20;

/** What is to be done. A message that failed for good is told by a notice, so that it can be seen and done with. */
function useToday() {
  const notices = useList<Notification>('notifications', '/api/notifications/', { unread: 'true', page_size: SHOWN });
  const waiting = useList<Conversation>('sessions', '/api/sessions/', { waiting: 1, page_size: SHOWN });
  const papers = useList<Paper>('documents', '/api/documents/', { status: 'failed', page_size: SHOWN });
  const all = [notices, waiting, papers];
  return { notices, waiting, papers, loading: all.some((q) => !q.data && !q.error), failed: all.find((q) => q.error && !q.data) };
}

function Row({ icon: Icon, tone, title, detail, at, href, action }: { icon: LucideIcon; tone: 'danger' | 'look'; title: string; detail?: string; at: string; href?: string; action?: ReactNode }) {
  return (
    <li className="relative flex min-h-14 items-center gap-3 border-b border-line px-4 py-2 last:border-0 hover:bg-sunken">
      <Icon aria-hidden className={cn('size-5 shrink-0', tone === 'danger' ? 'text-danger' : 'text-look')} />
      <div className="min-w-0 flex-1">
        <p className={cn('font-semibold', tone === 'danger' && 'text-danger-ink')}>{href ? <Link href={href} prefetch={false} className="row-link">{title}</Link> : title}</p>
        {detail && <p className="truncate text-ink-soft">{detail}</p>}
        <When at={at} className="block text-small text-ink-soft sm:hidden" />
      </div>
      <When at={at} className="hidden shrink-0 text-small text-ink-soft sm:block" />
      {action && <div className="relative flex items-center">{action}</div>}
    </li>
  );
}

/** Where a notice leads. */
function placeOf(notice: Notification): string | undefined {
  if (notice.kind.startsWith('broadcast.')) return notice.object ? `/dashboard/messages/${notice.object}/` : '/dashboard/messages/';
  if (notice.kind.startsWith('template.')) return '/dashboard/messages/templates/';
  if (notice.kind.startsWith('conversation.')) return notice.object ? `/dashboard/conversations/${notice.object}/` : '/dashboard/conversations/';
  return notice.patient ? `/dashboard/patients/${notice.patient}/` : undefined;
}

function NoticeRow({ notice }: { notice: Notification }) {
  const t = useWords(today);
  const client = useQueryClient();
  async function markRead() {
    await api.post(`/api/notifications/${notice.id}/read/`);
    await client.invalidateQueries({ queryKey: ['notifications'] });
    toast(t.readDone);
  }
  const danger = notice.severity === 'danger';
  const { data: person } = useRecord<Person>('patients', `/api/patients/${notice.patient}/`, { enabled: notice.patient !== null });
  return (
    <Row
      icon={danger ? CircleAlert : Bell}
      tone={danger ? 'danger' : 'look'}
      title={t.notices[notice.kind] ?? notice.kind}
      detail={person && `${person.first_name} ${person.last_name} · ${formatPhone(person.phone)}`}
      at={notice.created_at}
      href={placeOf(notice)}
      action={
        <>
          {person && (
            <a href={`tel:${person.phone}`} className="flex min-h-11 items-center gap-2 rounded-md px-3 font-semibold text-accent hover:bg-accent-ground">
              <Phone aria-hidden className="size-5" />
              <span className="sr-only sm:not-sr-only">{t.call}</span>
            </a>
          )}
          <IconButton label={t.read} onClick={() => void markRead()}><Eye aria-hidden className="size-5" /></IconButton>
        </>
      }
    />
  );
}

function Todo() {
  const t = useWords(today);
  const { notices, waiting, papers, loading, failed } = useToday();
  if (loading) return <SkeletonRows rows={4} />;
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  const told = notices.data?.results ?? [];
  const dangers = told.filter((n) => n.severity === 'danger');
  const others = told.filter((n) => n.severity === 'look');
  const people = waiting.data?.results ?? [];
  const unread = papers.data?.results ?? [];
  if (dangers.length + others.length + people.length + unread.length === 0) return <Empty title={t.nothing}>{t.nothingHelp}</Empty>;
  return (
    <ul>
      {dangers.map((n) => <NoticeRow key={n.id} notice={n} />)}
      {people.map((s) => (
        <Row key={s.id} icon={MessageCircleWarning} tone="look" title={t.waiting} detail={formatPhone(s.phone)} at={s.waiting_since!} href={`/dashboard/conversations/${s.id}/`} />
      ))}
      {others.map((n) => <NoticeRow key={n.id} notice={n} />)}
      {unread.map((d) => <Row key={d.id} icon={FileX2} tone="look" title={`${t.failedDocument} : ${d.title}`} detail={d.error ?? undefined} at={d.updated_at} href={`/dashboard/documents/${d.id}/`} />)}
    </ul>
  );
}

function Figure({ count, label }: { count: number | undefined; label: string }) {
  const lang = useLang();
  return (
    <div className="flex items-baseline gap-3 lg:block">
      <dd className="tabular text-title font-semibold">{count === undefined ? '\u00a0' : formatNumber(count, lang)}</dd>
      <dt className="text-ink-soft">{label}</dt>
    </div>
  );
}

function Figures() {
  const t = useWords(today);
  const count = { page_size: 1 };
  const patients = useList('patients', '/api/patients/', count);
  const waiting = useList('sessions', '/api/sessions/', { waiting: 1, page_size: SHOWN });
  const reading = useList('documents', '/api/documents/', { ...count, status: 'processing' });
  const queued = useList('messages', '/api/messaging/messages/', { ...count, status: 'queued' });
  return (
    <dl className="flex flex-col-reverse gap-4">
      <Figure count={queued.data?.count} label={t.queued} />
      <Figure count={reading.data?.count} label={t.reading} />
      <Figure count={waiting.data?.count} label={t.open} />
      <Figure count={patients.data?.count} label={t.patients} />
    </dl>
  );
}

export function TodayPage() {
  const t = useWords(today);
  return (
    <>
      <PageHeader title={t.title} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_16rem]">
        <Panel title={t.todo} flush><Todo /></Panel>
        <Panel title={t.figures}><Figures /></Panel>
      </div>
    </>
  );
}
