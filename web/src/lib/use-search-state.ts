/**
 * The filters of a page live in its address, so that it can be sent to a colleague and the back button works:
 * `const [state, change] = useSearchState({ search: '', page: '1' })`.
 */
import { useSearchParams } from 'next/navigation';

function read<T extends Record<string, string>>(params: { get(name: string): string | null }, defaults: T): T {
  const state = { ...defaults };
  for (const name of Object.keys(defaults) as Array<keyof T & string>) state[name] = (params.get(name) ?? defaults[name]) as T[keyof T & string];
  return state;
}

/**
 * `change` of anything but the page goes back to page 1; as a function it is given what the address says at that moment, which may be newer
 * than what is shown. A page that uses this stands inside <Suspense> (PageBody does it).
 */
export function useSearchState<T extends Record<string, string>>(defaults: T): [T, (change: Partial<T> | ((now: T) => Partial<T>)) => void] {
  const state = read(useSearchParams(), defaults);

  function change(change: Partial<T> | ((now: T) => Partial<T>)) {
    // What other parts of the page keep in the address stays.
    const query = new URLSearchParams(window.location.search);
    const now = read(query, defaults);
    const changed = typeof change === 'function' ? change(now) : change;
    const next = { ...now, ...(!('page' in changed) && 'page' in defaults && { page: defaults.page }), ...changed };
    for (const [name, value] of Object.entries(next) as Array<[string, string]>) {
      if (value && value !== defaults[name]) query.set(name, value);
      else query.delete(name);
    }
    const text = query.toString();
    // Not the router's replace(): it would fetch the page anew and answer when that is there. Next.js follows the browser's own.
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
  }
  return [state, change];
}
