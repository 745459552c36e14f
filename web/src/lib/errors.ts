/** errors -- what went wrong, in words for people: what happened, and what to do. */
import { states } from '@/messages/states';
import { ApiError, Unreachable } from './api.ts';
import { words } from './i18n.ts';

export interface Explained {
  title: string;
  detail: string;
}

/** The server's own sentence where it has one: it is already in the reader's language. */
export function explain(error: unknown): Explained {
  const t = words(states).errors;
  if (error instanceof Unreachable) return { title: t.unreachable, detail: t.unreachableHelp };
  if (!(error instanceof ApiError)) return { title: t.unknown, detail: t.unknownHelp };
  const said = error.detail || Object.values(error.fields).flat().join(' ');
  switch (error.status) {
    case 403:
      return { title: t.forbidden, detail: said || t.forbiddenHelp };
    case 404:
      return { title: t.notFound, detail: said || t.notFoundHelp };
    case 409:
      return { title: t.conflict, detail: said || t.conflictHelp };
    case 413:
      return { title: t.tooLarge, detail: said };
    case 429:
      return { title: t.tooMany, detail: said || t.tooManyHelp };
    case 400:
      return { title: t.invalid, detail: said };
    default:
      return { title: t.server, detail: `${said || t.serverHelp}${error.requestId ? ` ${t.requestId(error.requestId)}` : ''}` };
  }
}
