import { QueuePage } from '@/features/documents/queue-page';

export default function Page() {
  return <QueuePage />;
}
