import { BackupsPage } from '@/features/backups/backups-page';

export default function Page() {
  return <BackupsPage />;
}
