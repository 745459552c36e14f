import { session } from '@/lib/session';
import { useStore } from '@/lib/store';

/** As the server has it: doctors and administrators. */
export function useMayBroadcast(): boolean {
  const user = useStore(session.user, null);
  return user?.role === 'admin' || user?.role === 'doctor';
}
