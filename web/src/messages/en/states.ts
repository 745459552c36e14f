import type { Words } from '@/lib/i18n';
import type fr from '../fr/states';

const en: Words<typeof fr> = {
  loading: 'Loading…',
  retry: 'Try again',
  errors: {
    unreachable: 'The server does not answer',
    unreachableHelp: 'Nothing is lost. Check the connection: it is tried again by itself.',
    unknown: 'This page met an error',
    unknownHelp: 'Reload the page. If it happens again, tell the administrator.',
    forbidden: 'Your role does not allow this',
    forbiddenHelp: 'Ask the administrator of the clinic.',
    notFound: 'Not found',
    notFoundHelp: 'It may have been deleted.',
    conflict: 'Not possible as things stand',
    conflictHelp: 'Reload to see how it is now, then try again.',
    tooLarge: 'Too large',
    tooMany: 'Too many requests at once',
    tooManyHelp: 'Wait a minute, then try again.',
    invalid: 'To be corrected',
    server: 'The server met an error',
    serverHelp: 'Nothing was changed. Try again in a moment.',
    requestId: (id) => `(request ${id})`,
  },
};
export default en;
