import { ToDashboard } from '@/features/login/to-dashboard';

/** Only for `npm run dev` and file servers: `medirecord serve` answers / itself. */
export default function Root() {
  return <ToDashboard />;
}
