/** ask -- calls the API before the page's scripts are there, each path as api.get() will write it (lib/api.ts), which then takes the answer. */
import { early, type Early } from '@/lib/early';
import { likelyLanguage } from '@/lib/language-kept';

/** Who is not signed in asks nothing. What is only wanted later gives way to the scripts. */
export function askEarly(now: readonly string[], later: readonly string[]) {
  if (!/(^|; )csrftoken=/.test(document.cookie)) return;
  const headers = { Accept: 'application/json', 'Accept-Language': likelyLanguage() ?? 'fr' };
  const asked: Early = {};
  for (const path of [...now, ...later]) {
    asked[path] = fetch(path, { headers, credentials: 'same-origin', cache: 'no-store', priority: later.includes(path) ? 'low' : 'high' });
    asked[path].catch(() => {}); // asked for anew by who wants it
  }
  early.keep(asked);
}

/** A copy of an answer: the page reads it too. Null: not asked for, or refused. Throws when it did not come. */
export async function readEarly<T>(path: string): Promise<T | null> {
  const response = await early.asked()[path];
  return response?.ok ? ((await response.clone().json()) as T) : null;
}
