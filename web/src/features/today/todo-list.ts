/** todo-list -- what needs the doctor, in the order of danger, out of three answers. Pure: the page is made of it, and what stands there before the page's scripts came. */
import type { Entry, Notice } from '@/features/conversations/inbox';
import type { Document } from '@/features/documents/document';
import type { Page } from '@/lib/api';
import { ASKED } from './asked';

/** One that no conversation holds: of a template, the carrier, a question that came through the API. */
export interface OtherNotice extends Pick<Notice, 'id' | 'kind' | 'severity' | 'created_at'> {
  patient: number | null;
  object: number | null;
}
/** What the list of documents to check says as well, for as long as it is so. */
const SAID_BY_DOCUMENTS = new Set(['document.failed', 'document.names_another', 'document.illegible']);

export interface TodoList {
  dangers: { entries: Entry[]; notices: OtherNotice[] };
  waiting: Entry[];
  papers: Document[];
  /** Of all papers, of which some are in `papers`. */
  paperCount: number;
  look: { entries: Entry[]; notices: OtherNotice[] };
  /** Conversations beyond those that were asked for. */
  more: number;
}

/** What did not come is left out. */
export function todoOf(inbox?: Page<Entry>, notices?: Page<OtherNotice>, papers?: Page<Document>): TodoList {
  const entries = inbox?.results ?? [];
  const told = new Set(entries.flatMap((entry) => entry.notices.map((n) => n.id)));
  const others = notices?.results.filter((n) => n.severity !== 'know' && !told.has(n.id) && !SAID_BY_DOCUMENTS.has(n.kind)) ?? [];
  return {
    dangers: { entries: entries.filter((e) => e.urgency === 'danger'), notices: others.filter((n) => n.severity === 'danger') },
    waiting: entries.filter((e) => e.urgency === 'waiting'),
    papers: papers?.results ?? [],
    paperCount: papers?.count ?? 0,
    look: { entries: entries.filter((e) => e.urgency === 'look'), notices: others.filter((n) => n.severity === 'look') },
    more: Math.max(0, (inbox?.count ?? 0) - ASKED),
  };
}

export function isNothing({ dangers, waiting, papers, look }: TodoList): boolean {
  return dangers.entries.length + dangers.notices.length + waiting.length + papers.length + look.entries.length + look.notices.length === 0;
}
