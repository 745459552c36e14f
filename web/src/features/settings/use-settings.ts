import { useQuery } from '@tanstack/react-query';

import { api } from '@/lib/api';
import { SETTINGS_URL, type SettingList } from './setting';

/** What is in force. */
export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => api.get<SettingList>(SETTINGS_URL, undefined, { signal }) });
}
