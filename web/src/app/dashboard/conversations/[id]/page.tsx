import { ConversationsPage } from '@/features/conversations/conversations-page';

/** One page of the export for all ids: lib/use-record-id.ts. */
export const generateStaticParams = () => [{ id: '_' }];

export default function Page() {
  return <ConversationsPage />;
}
