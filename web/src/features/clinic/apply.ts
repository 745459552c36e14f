/** apply -- the server starts again with what is saved; the page waits until it answers from its new start. */
import { api, ApiError, Unreachable } from '@/lib/api';
import { APPLY_URL, SETTINGS_URL, type SettingList } from '@/features/settings/setting';

const PAUSE_MS = 700;
/** What is under way may take half a minute to end. */
const PATIENCE_MS = 120_000;

/** The server did not come back in time. */
export class StillAway extends Error {}

const pause = () => new Promise((go) => setTimeout(go, PAUSE_MS));

/** A server that ends or begins answers 503, or not at all. */
const isBetweenStarts = (why: unknown) => why instanceof Unreachable || (why instanceof ApiError && why.status === 503);

async function look(): Promise<SettingList | null> {
  try {
    return await api.get<SettingList>(SETTINGS_URL);
  } catch (why) {
    if (isBetweenStarts(why)) return null;
    throw why;
  }
}

/** What is in force after the new start. Throws what the server refused, when nothing was stopped, or StillAway. */
export async function applySettings(): Promise<SettingList> {
  const { started_at: before } = await api.post<{ started_at: string }>(APPLY_URL);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause()) {
    const list = await look();
    if (list && list.started_at !== before) return list;
  }
  throw new StillAway();
}
