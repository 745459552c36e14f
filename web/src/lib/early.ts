/**
 * early -- what a page asked the server for before its own scripts were there (src/early/): api.get() takes what came. On a slow line the
 * answers come before the scripts, not after them.
 */
const KEPT_MS = 15_000;

export type Early = Record<string, Promise<Response>>;
const holder = globalThis as { medirecordEarly?: Early; medirecordWritten?: string; medirecordTaken?: true };

/** The box of today's list in which rows may stand before React came. */
export const EARLY_ROWS = 'early-rows';

/** Between the scripts of one page. */
export const early = {
  keep(asked: Early) {
    holder.medirecordEarly = asked;
  },
  asked: (): Early => holder.medirecordEarly ?? {},
};

/** In which language the page stands that React is to take over: French, as it was built, unless a script before React wrote it anew. */
export const written = {
  /** Runs `write` while it may still change what React will find. */
  as(lang: string, write: () => void) {
    if (holder.medirecordTaken) return;
    write();
    holder.medirecordWritten = lang;
  },
  /** From here on it stays: React looks at it. */
  take(): string | undefined {
    holder.medirecordTaken = true;
    return holder.medirecordWritten;
  },
};

/** The answer that is under way, for the first who asks and as long as it is fresh; what failed is asked for anew. */
export async function takeEarly(path: string): Promise<Response | null> {
  const asked = early.asked();
  const answer = asked[path];
  if (!answer) return null;
  delete asked[path];
  if (performance.now() > KEPT_MS) return null;
  try {
    return await answer;
  } catch {
    return null;
  }
}
