/** What the message on the form would do, asked while it is written: nothing of it is kept by the server. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, ApiError } from '@/lib/api';
import { useSettled } from '@/lib/use-settled';
import { BROADCASTS_URL, type Count, type Estimate, type Preview } from './broadcast';
import { audienceOf, paceOf, textFault, timesOf, wordsOf, type Typed } from './composed';

const TYPING_MS = 350;

function useLook<T>(what: string, body: object | null, query: Record<string, string | number> = {}) {
  const settled = useSettled(JSON.stringify([body, query]), TYPING_MS);
  const [asked, params] = JSON.parse(settled) as [object | null, Record<string, string | number>];
  return useQuery({
    queryKey: ['broadcast-look', what, settled],
    queryFn: ({ signal }) => api.post<T>(`${BROADCASTS_URL}${what}/${params.patient ? `?patient=${params.patient}` : ''}`, asked, { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** A text with a fault in it is not asked about: the field says so itself. */
function soundWords(v: Typed): Partial<ReturnType<typeof wordsOf>> {
  const { content, ...rest } = wordsOf(v);
  const sound = content.trim() !== '' && !textFault(content) && Object.values(rest.variants).every((text) => !textFault(text));
  return sound ? { content, ...rest } : { template_sid: rest.template_sid };
}

/** Who would get it, and who is left out and why. */
export function useCount(v: Typed) {
  const audience = audienceOf(v);
  const query = useLook<Count>('count', audience && { ...soundWords(v), ...audience });
  return audience ? query : { ...query, data: undefined };
}

/** When the last would have it, and what it costs. A refusal of a time is for its field. */
export function useEstimate(v: Typed) {
  const audience = audienceOf(v);
  const query = useLook<Estimate>('estimate', { ...soundWords(v), ...audience, ...paceOf(v), ...timesOf(v) });
  const refused = query.error instanceof ApiError ? query.error.fields : {};
  return { ...query, refused };
}

/** What one person would read: the chosen one, or somebody who would get it. */
export function usePreview(v: Typed, patient: number | null, somebody: boolean) {
  const words = soundWords(v);
  const ask = words.content !== undefined && (patient !== null || somebody);
  const query = useLook<Preview>('preview', ask ? { ...words, ...audienceOf(v) } : null, patient ? { patient } : {});
  return ask ? query : { ...query, data: undefined, error: null };
}
