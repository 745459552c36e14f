import { QualityPage } from '@/features/quality/quality-page';

export default function Page() {
  return <QualityPage />;
}
