import { BroadcastList } from '@/features/messages/broadcast-list';

export default function Page() {
  return <BroadcastList />;
}
