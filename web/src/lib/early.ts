/**
 * early -- what a page asks the server for before its own scripts are there: an inline script (its hash stands in the
 * Content-Security-Policy) calls at once, api.get() takes what came. On a slow line the answers come with the scripts, not after them.
 */
const KEPT_MS = 15_000;

type Early = Record<string, Promise<Response>>;
const holder = () => globalThis as { medirecordEarly?: Early };

/** The script for `paths`, each as api.get() will write it. Of low priority: the scripts come first. Who is not signed in is asked nothing. */
export function earlyScript(paths: readonly string[]): string {
  return `(function(){if(!/(^|; )csrftoken=/.test(document.cookie))return;var l;try{l=localStorage.getItem('medirecord.language')}catch(e){}var e=window.medirecordEarly={};${JSON.stringify(paths)}.forEach(function(p){(e[p]=fetch(p,{headers:{Accept:'application/json','Accept-Language':l||'fr'},credentials:'same-origin',cache:'no-store',priority:'low'})).catch(function(){})})})()`;
}

/** The answer that is under way, for the first who asks and as long as it is fresh; what failed is asked for anew. */
export async function takeEarly(path: string): Promise<Response | null> {
  const early = holder().medirecordEarly;
  const answer = early?.[path];
  if (!early || !answer) return null;
  delete early[path];
  if (performance.now() > KEPT_MS) return null;
  try {
    return await answer;
  } catch {
    return null;
  }
}
