/**
 * The ids in the address of a page below [id]: `const [patient] = useRecordIds('/dashboard/patients/[id]/')`.
 *
 * The export holds one page for all ids (its own is "_"), and the server answers every id with it, so the id is read from the address and
 * never from the page. Null while the page is not the browser's yet.
 */
import { usePathname } from 'next/navigation';
import { useSyncExternalStore } from 'react';

/** What the export is made with: `generateStaticParams = () => PLACEHOLDER`. */
export const PLACEHOLDER = [{ id: '_' }];

const never = () => () => {};

export function idsOf(pattern: string, pathname: string): string[] | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = pathname.split('/').filter(Boolean);
  const ids: string[] = [];
  for (const [at, word] of wanted.entries()) {
    const part = given[at];
    if (part === undefined || part === '_') return null;
    if (word.startsWith('[')) ids.push(decodeURIComponent(part));
    else if (word !== part) return null;
  }
  return ids;
}

export function useRecordIds(pattern: string): string[] | null {
  usePathname(); // renders again when the address changes
  const pathname = useSyncExternalStore(never, () => window.location.pathname, () => '');
  return pathname ? idsOf(pattern, pathname) : null;
}
