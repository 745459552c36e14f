/** use-deed -- something that is done at the press of a button, while it lasts and when it fails: `const [run, busy, error] = useDeed()`. */
import { useState } from 'react';

export function useDeed(): [(deed: () => Promise<unknown>) => Promise<boolean>, boolean, unknown] {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run(deed: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setError(null);
    try {
      await deed();
      return true;
    } catch (why) {
      setError(why);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return [run, busy, error];
}
