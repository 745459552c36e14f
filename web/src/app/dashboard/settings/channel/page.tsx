import { ChannelPage } from '@/features/channel/channel-page';

export default function Page() {
  return <ChannelPage />;
}
