/** query -- lists and records of the API as React sees them. Keys start with the word that events.ts knows: ['documents', …]. */
import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';

import { api, ApiError, Unreachable, type Page, type Query } from './api.ts';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays one; a server that is away is asked again by `connection`, which then renews what failed.
        retry: (failures, error) => !(error instanceof ApiError) && !(error instanceof Unreachable) && failures < 2,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** One page of a list; the page before stays on the screen while the next one comes. */
export function useList<T>(root: string, path: string, query: Query = {}, options: { enabled?: boolean; refetchInterval?: number | false } = {}): UseQueryResult<Page<T>> {
  return useQuery({
    queryKey: [root, 'list', path, query],
    queryFn: ({ signal }) => api.get<Page<T>>(path, query, { signal }),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** One record. */
export function useRecord<T>(root: string, path: string, options: { enabled?: boolean } = {}): UseQueryResult<T> {
  return useQuery({ queryKey: [root, 'record', path], queryFn: ({ signal }) => api.get<T>(path, undefined, { signal }), ...options });
}
