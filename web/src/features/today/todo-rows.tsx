'use client';

import { Bell, CircleAlert, Eye, FileX2, MessageCircleReply, MessageCircleWarning, Phone, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ComponentType, ReactNode } from 'react';

import { IconButton } from '@/components/ui/button';
import { When } from '@/components/ui/when';
import type { Entry } from '@/features/conversations/inbox';
import type { Document } from '@/features/documents/document';
import { cn } from '@/lib/cn';
import { colon, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { today } from '@/messages/today';
import type { OtherNotice, TodoList } from './todo-list';

/*
 * The rows as they look. They ask for nothing and know of no query: they are drawn twice, by React and, before React is there, by src/early/.
 */

type Tone = 'danger' | 'look';
const ACTION = 'flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-md px-2 font-semibold text-accent hover:bg-accent-ground';

function Row({ icon: Icon, tone, title, words, detail, at, href, children }: { icon: LucideIcon; tone: Tone; title: string; words?: string; detail?: string; at: string; href?: string; children?: ReactNode }) {
  const t = useWords(today);
  return (
    <li className="relative flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 last:border-0 hover:bg-sunken">
      <Icon aria-hidden className={cn('size-5 shrink-0', tone === 'danger' ? 'text-danger' : 'text-look')} />
      <div className="min-w-0 flex-1 basis-48">
        <p className={cn('font-semibold', tone === 'danger' && 'text-danger-ink')}>{href ? <Link href={href} prefetch={false} className="row-link">{title}</Link> : title}</p>
        {words && <p className="line-clamp-2 break-words">{t.quoted(words)}</p>}
        <p className="text-small text-ink-soft">{detail && <>{detail} · </>}<When at={at} /></p>
      </div>
      {children && <div className="relative ml-auto flex items-center">{children}</div>}
    </li>
  );
}

function Call({ phone }: { phone: string }) {
  const t = useWords(today);
  return <a href={`tel:${phone}`} className={ACTION}><Phone aria-hidden className="size-5" />{t.call}</a>;
}

/** A person who wrote: what is the matter, in their own words. */
function EntryRow({ entry }: { entry: Entry }) {
  const t = useWords(today);
  const tone = entry.urgency === 'danger' ? 'danger' : 'look';
  const first = entry.notices.find((n) => n.severity === 'danger') ?? entry.notices.at(-1);
  const said = first?.words || (entry.last_message?.direction === 'in' ? entry.last_message.body : '');
  const name = [entry.first_name, entry.last_name].filter(Boolean).join(' ');
  const href = `/dashboard/conversations/${entry.id}/`;
  return (
    <Row
      icon={tone === 'danger' ? CircleAlert : entry.urgency === 'waiting' ? MessageCircleWarning : Bell}
      tone={tone}
      title={first ? (t.notices[first.kind] ?? t.otherNotice) : t.waiting}
      words={said}
      detail={[name, formatPhone(entry.phone)].filter(Boolean).join(' · ')}
      at={entry.since ?? entry.last_message?.created_at ?? ''}
      href={href}
    >
      <Call phone={entry.phone} />
      <Link href={href} prefetch={false} className={ACTION}><MessageCircleReply aria-hidden className="size-5" />{t.reply}</Link>
    </Row>
  );
}

/** Where a notice leads. */
function placeOf(notice: OtherNotice): string | undefined {
  if (notice.kind.startsWith('template.')) return '/dashboard/messages/templates/';
  if (notice.kind.startsWith('broadcast.')) return notice.object ? `/dashboard/messages/${notice.object}/` : '/dashboard/messages/';
  if (notice.kind.startsWith('backup.')) return '/dashboard/settings/backups/';
  if (notice.kind.startsWith('channel.')) return '/dashboard/settings/channel/';
  if (notice.kind.startsWith('model.')) return '/dashboard/settings/models/';
  if (notice.kind.startsWith('document.') && notice.object) return `/dashboard/documents/${notice.object}/`;
  return notice.patient ? `/dashboard/patients/${notice.patient}/` : undefined;
}

export interface Person {
  first_name: string;
  last_name: string;
  phone: string;
}

/** `person`: whom it is about, once that is known. */
export function NoticeRow({ notice, person, onRead }: { notice: OtherNotice; person?: Person; onRead?: () => void }) {
  const t = useWords(today);
  const danger = notice.severity === 'danger';
  return (
    <Row
      icon={danger ? CircleAlert : Bell}
      tone={danger ? 'danger' : 'look'}
      title={t.notices[notice.kind] ?? t.otherNotice}
      detail={person && `${person.first_name} ${person.last_name} · ${formatPhone(person.phone)}`}
      at={notice.created_at}
      href={placeOf(notice)}
    >
      {person && <Call phone={person.phone} />}
      <IconButton label={t.read} onClick={onRead}><Eye aria-hidden className="size-5" /></IconButton>
    </Row>
  );
}

function PaperRow({ paper }: { paper: Document }) {
  const t = useWords(today);
  const lang = useLang();
  const what = paper.status === 'failed' ? t.failedDocument : paper.names_another ? t.otherName : t.illegible;
  return <Row icon={FileX2} tone="look" title={what + colon(lang) + paper.title} detail={paper.patient_name} at={paper.updated_at} href={`/dashboard/documents/${paper.id}/`} />;
}

function More({ href, children }: { href: string; children: ReactNode }) {
  return <li className="border-b border-line px-4 last:border-0"><Link href={href} prefetch={false} className="inline-flex min-h-11 items-center text-accent underline underline-offset-4">{children}</Link></li>;
}

/** In the order of danger. */
export function TodoRows({ list, notice: Notice }: { list: TodoList; notice: ComponentType<{ notice: OtherNotice }> }) {
  const t = useWords(today);
  const { dangers, waiting, papers, paperCount, look, more } = list;
  const entries = (some: Entry[]) => some.map((e) => <EntryRow key={e.id} entry={e} />);
  const notices = (some: OtherNotice[]) => some.map((n) => <Notice key={`n${n.id}`} notice={n} />);
  return (
    <ul>
      {entries(dangers.entries)}
      {notices(dangers.notices)}
      {entries(waiting)}
      {papers.map((p) => <PaperRow key={`d${p.id}`} paper={p} />)}
      {paperCount > papers.length && <More href="/dashboard/documents/">{t.moreDocuments(paperCount - papers.length)}</More>}
      {entries(look.entries)}
      {notices(look.notices)}
      {more > 0 && <More href="/dashboard/conversations/">{t.moreConversations(more)}</More>}
    </ul>
  );
}
