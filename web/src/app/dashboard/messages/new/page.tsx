import { NewMessagePage } from '@/features/messages/new-message-page';

export default function Page() {
  return <NewMessagePage />;
}
