import { AnalyticsPage } from '@/features/analytics/analytics-page';

export default function Page() {
  return <AnalyticsPage />;
}
