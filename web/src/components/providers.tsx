'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';

import { connection } from '@/lib/connection';
import { startLanguage } from '@/lib/i18n';
import { makeQueryClient } from '@/lib/query';
import { startTheme } from '@/lib/theme';

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  useEffect(() => {
    startLanguage();
    startTheme();
    return connection.onBack(() => void client.invalidateQueries());
  }, [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
