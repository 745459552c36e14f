/** asked -- what the first page asks the server for. Of no component, since the script that asks before the page's own (src/early/) is made from it too. */
import { withQuery } from '@/lib/with-query';

/** So many of each that nothing is missed; what is shown of it is less. */
export const ASKED = 100;
const DOCUMENTS_ASKED = 5;
const WEEK_HOURS = 168;

export const ME = '/api/auth/me/';
export const INBOX = ['/api/inbox/', { show: 'todo', page_size: ASKED }] as const;
export const NOTICES = ['/api/notifications/', { unread: 'true', page_size: ASKED }] as const;
export const PAPERS = ['/api/documents/', { needs: 'check', page_size: DOCUMENTS_ASKED }] as const;
export const WEEK = withQuery('/api/metrics/dashboard/', { hours: WEEK_HOURS });
