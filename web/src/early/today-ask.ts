/** today-ask -- stands first in the head of the first page: asks for what the page cannot be shown without. */
import { INBOX, ME, NOTICES, PAPERS, WEEK } from '@/features/today/asked';
import { withQuery } from '@/lib/with-query';
import { askEarly } from './ask';

askEarly([ME, ...[INBOX, NOTICES, PAPERS].map(([path, query]) => withQuery(path, query))], [WEEK]);
