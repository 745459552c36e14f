/* What the service worker makes of an address; no browser. */
import { expect, test } from '@playwright/test';

import { keyOf, readsOf } from '../../web/src/worker/places';

test('what is kept of what the server answers', () => {
  const rows: Array<[string, string | null]> = [
    ['/api/patients/', 'data'], ['/api/patients/17/', 'data'], ['/api/auth/me/', 'data'], ['/api/documents/3/pages/', 'data'],
    ['/api/documents/3/pages/2/image/', 'pictures'],
    ['/api/events/', null], ['/api/health/', null], ['/api/documents/3/file/', null], ['/api/documents/3/searchable/', null],
    ['/api/patients/17/export/', null], ['/api/audit/', null], ['/dashboard/', null], ['/webhook/whatsapp-rag', null],
  ];
  for (const [path, kept] of rows) expect(readsOf(path), path).toBe(kept);
});

test('one page stands for all ids', () => {
  const any = ['/dashboard/patients/_/', '/dashboard/settings/quality/runs/_/'];
  const rows = [
    ['/dashboard/patients/17/', '/dashboard/patients/_/'],
    ['/dashboard/patients/17/?tab=documents', '/dashboard/patients/_/'],
    ['/dashboard/patients/17/index.txt?_rsc=abc', '/dashboard/patients/_/index.txt'],
    ['/dashboard/patients/new/', '/dashboard/patients/new/'],
    ['/dashboard/settings/quality/runs/4/', '/dashboard/settings/quality/runs/_/'],
    ['/dashboard/', '/dashboard/'],
  ];
  for (const [address, key] of rows) expect(keyOf(`https://clinic.example${address}`, any), address).toBe(`https://clinic.example${key}`);
});
