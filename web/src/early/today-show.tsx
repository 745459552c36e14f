/**
 * today-show -- stands last in the first page: shows what needs the doctor as soon as it came, by the page's own components. On a slow line
 * that is seconds before React can. The rows are links and work; React puts its own, which look the same, in their place. Whatever is
 * amiss here is left to the page, which shows and says it.
 */
import type { Entry } from '@/features/conversations/inbox';
import type { Document } from '@/features/documents/document';
import { INBOX, ME, NOTICES, PAPERS } from '@/features/today/asked';
import { isNothing, todoOf, type OtherNotice } from '@/features/today/todo-list';
import { NoticeRow, TodoRows } from '@/features/today/todo-rows';
import type { Page } from '@/lib/api';
import { EARLY_ROWS } from '@/lib/early';
import { speak } from '@/lib/i18n';
import type { User } from '@/lib/session';
import { withQuery } from '@/lib/with-query';
import { likelyLanguage } from '@/lib/language-kept';
import { readEarly } from './ask';
import { writeFrame } from './frame';
import { toHtml } from './static-react';

async function show() {
  const [user, inbox, notices, papers] = await Promise.all([
    readEarly<User>(ME),
    readEarly<Page<Entry>>(withQuery(...INBOX)),
    readEarly<Page<OtherNotice>>(withQuery(...NOTICES)),
    readEarly<Page<Document>>(withQuery(...PAPERS)),
  ]);
  const box = document.getElementById(EARLY_ROWS);
  if (!box || !user || user.must_change_password || !inbox || !notices || !papers) return;
  const list = todoOf(inbox, notices, papers);
  if (isNothing(list)) return;
  writeFrame(speak(user));
  box.innerHTML = toHtml(<TodoRows list={list} notice={NoticeRow} />);
}

writeFrame(likelyLanguage());
show().catch(() => {});
