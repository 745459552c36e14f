import type { ReactNode } from 'react';

import { QueryProvider } from '@/components/query-provider';
import { Shell } from '@/components/shell/shell';

export default function DashboardLayout({ children }: { children: ReactNode }) {
  return <QueryProvider><Shell>{children}</Shell></QueryProvider>;
}
