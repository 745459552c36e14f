import { session } from '@/lib/session';
import { useStore } from '@/lib/store';

/** What this account may do with documents: the server decides, the page only does not offer what it would refuse. */
export function useMay(): { write: boolean; erase: boolean } {
  const user = useStore(session.user, null);
  return { write: user !== null && user.role !== 'service', erase: user?.role === 'admin' || user?.role === 'doctor' };
}
