'use client';

import { useEffect, type ReactNode } from 'react';

import { startLanguage, takePage } from '@/lib/i18n';
import { startTheme } from '@/lib/theme';

takePage();

/** What every page has. Queries come with the dashboard (query-provider.tsx): signing in needs none. */
export function Providers({ children }: { children: ReactNode }) {
  useEffect(() => {
    startLanguage();
    startTheme();
  }, []);
  return children;
}
