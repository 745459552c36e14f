'use client';

import { PageFailed } from '@/components/shell/page-failed';

/** A page that broke takes nothing else with it. */
export default function DashboardError() {
  return <PageFailed />;
}
