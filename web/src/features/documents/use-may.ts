import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { useIsDoctor } from '@/lib/use-is-doctor';

/** What this account may do with documents: the server decides, the page only does not offer what it would refuse. */
export function useMay(): { write: boolean; erase: boolean } {
  const user = useStore(session.user, null);
  const erase = useIsDoctor();
  return { write: user !== null && user.role !== 'service', erase };
}
