/**
 * The filters of a page live in its address, so that it can be sent to a colleague and the back button works:
 * `const [state, change] = useSearchState({ search: '', page: '1' })`.
 */
import { usePathname, useRouter, useSearchParams } from 'next/navigation';

/** `change` of anything but the page goes back to page 1. A page that uses this stands inside <Suspense> (PageBody does it). */
export function useSearchState<T extends Record<string, string>>(defaults: T): [T, (change: Partial<T>) => void] {
  const params = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const state = { ...defaults };
  for (const name of Object.keys(defaults) as Array<keyof T & string>) state[name] = (params.get(name) ?? defaults[name]) as T[keyof T & string];

  function change(changed: Partial<T>) {
    const next = { ...state, ...(!('page' in changed) && 'page' in defaults && { page: defaults.page }), ...changed };
    // What other parts of the page keep in the address stays.
    const query = new URLSearchParams(params);
    for (const [name, value] of Object.entries(next) as Array<[string, string]>) {
      if (value && value !== defaults[name]) query.set(name, value);
      else query.delete(name);
    }
    const text = query.toString();
    // The pathname of an [id] page is that of the browser's address, not of the export.
    const here = typeof window === 'undefined' ? pathname : window.location.pathname;
    router.replace(text ? `${here}?${text}` : here, { scroll: false });
  }
  return [state, change];
}
