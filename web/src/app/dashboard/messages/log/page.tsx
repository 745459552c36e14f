import { MessageLog } from '@/features/messages/log-page';

export default function Page() {
  return <MessageLog />;
}
