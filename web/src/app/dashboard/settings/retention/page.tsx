import { RetentionPage } from '@/features/retention/retention-page';

export default function Page() {
  return <RetentionPage />;
}
