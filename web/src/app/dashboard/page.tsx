import { ASKED_EARLY } from '@/features/today/asked';
import { TodayPage } from '@/features/today/today-page';
import { earlyScript } from '@/lib/early';

export default function Page() {
  return (
    <>
      <script dangerouslySetInnerHTML={{ __html: earlyScript(ASKED_EARLY) }} />
      <TodayPage />
    </>
  );
}
