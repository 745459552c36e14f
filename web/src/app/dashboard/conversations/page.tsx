import { ConversationsPage } from '@/features/conversations/conversations-page';

export default function Page() {
  return <ConversationsPage />;
}
