import { useQuery } from '@tanstack/react-query';

import { api } from '@/lib/api';
import { SETTINGS_URL, type Setting } from './setting';

/** What is in force. */
export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => api.get<{ settings: Setting[] }>(SETTINGS_URL, undefined, { signal }) });
}
