import { TodayPage } from '@/features/today/today-page';

export default function Page() {
  return <TodayPage />;
}
