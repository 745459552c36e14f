/** composed -- a message as it is typed, and as the API has it. Names are the server's, so that its refusals land at their fields. */
import { z } from 'zod';

import { words } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import { LANGUAGES, type Broadcast, type PatientLanguage, type Repeat, type Target } from './broadcast';
import { CONTENT_CHARS_MAX, faultOf, FIELDS_MAX, lengthOf } from './content';

export const TITLE_CHARS_MAX = 200;
export const TAGS_MAX = 8;
export const CONDITIONS_MAX = 3;
export const CONDITION_CHARS_MAX = 60;
export const TAG_CHARS_MAX = 50;
export const CATEGORIES = ['health_tip', 'information', 'reminder', 'campaign', 'general'] as const;
const RATE_MAX = 1_000_000;
const RUNS_MAX = 10_000;

/** What the server would refuse it for; null: nothing. */
export function textFault(text: string): string | null {
  const t = words(broadcasts);
  if (lengthOf(text) > CONTENT_CHARS_MAX) return t.tooLong(CONTENT_CHARS_MAX, lengthOf(text));
  const fault = faultOf(text);
  if (!fault) return null;
  return fault.kind === 'open' ? t.fieldOpen : fault.kind === 'many' ? t.fieldsMany(FIELDS_MAX) : t.fieldUnknown(fault.name);
}

const isNumber = (text: string, min: number, max: number) => /^\d{1,7}$/.test(text) && Number(text) >= min && Number(text) <= max;

export const makeSchema = () => {
  const t = words(broadcasts);
  const age = z.string().refine((v) => !v || isNumber(v, 0, 150), t.badAge);
  return z
    .object({
      /** The copy on the server. */
      draft_id: z.number().nullable(),
      draft_version: z.number(),
      title: z.string().refine((v) => v.trim() !== '', t.titleRequired).refine((v) => v.length <= TITLE_CHARS_MAX, t.tooLong(TITLE_CHARS_MAX)),
      content: z.string(),
      language: z.enum(['fr', 'en', 'wo']),
      variants: z.object({ fr: z.string(), en: z.string(), wo: z.string() }),
      category: z.string(),
      template_sid: z.string(),
      template_variables: z.record(z.string(), z.string()),
      audience: z.enum(['all', 'some']),
      target: z.object({
        tags: z.array(z.string()),
        tags_match: z.enum(['all', 'any']),
        gender: z.string(),
        age_min: age,
        age_max: age,
        language: z.string(),
        assigned_to: z.string(),
        document_kind: z.string(),
        active_after: z.string(),
        active_before: z.string(),
        conditions: z.array(z.string()),
      }),
      when: z.enum(['now', 'at']),
      scheduled_at: z.string(),
      repeat: z.enum(['', 'daily', 'weekly', 'monthly']),
      repeat_end: z.enum(['never', 'until', 'count']),
      repeat_until: z.string(),
      repeat_count: z.string(),
      spread: z.boolean(),
      rate_per_hour: z.string(),
      quiet: z.enum(['clinic', 'none', 'own']),
      quiet_from: z.string(),
      quiet_to: z.string(),
    })
    .superRefine((v, issues) => {
      const add = (path: string, message: string) => issues.addIssue({ code: 'custom', path: path.split('.'), message });
      const fault = v.content.trim() ? textFault(v.content) : t.contentRequired;
      if (fault) add('content', fault);
      for (const lang of LANGUAGES) {
        const own = lang !== v.language && v.variants[lang].trim() ? textFault(v.variants[lang]) : null;
        if (own) add(`variants.${lang}`, own);
      }
      if (v.audience === 'some' && Object.keys(targetOf(v)).length === 0) add('audience', t.targetMissing);
      if (v.audience === 'some' && v.target.age_min && v.target.age_max && Number(v.target.age_min) > Number(v.target.age_max)) add('target.age_min', t.agesCrossed);
      if (v.when === 'at' && !v.scheduled_at) add('scheduled_at', t.timeRequired);
      if (v.when === 'at' && v.repeat && v.repeat_end === 'until' && !v.repeat_until) add('repeat_until', t.required);
      if (v.when === 'at' && v.repeat && v.repeat_end === 'count' && !isNumber(v.repeat_count, 1, RUNS_MAX)) add('repeat_count', t.badCount);
      if (v.spread && !isNumber(v.rate_per_hour, 1, RATE_MAX)) add('rate_per_hour', t.badRate);
      if (v.quiet === 'own' && (!v.quiet_from || !v.quiet_to)) add('quiet_from', t.required);
    });
};

export type Typed = z.infer<ReturnType<typeof makeSchema>>;

/** "2026-12-01T09:00" on the clinic's wall. */
export function wallOf(iso: string | Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((p) => p.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** A day of this browser's calendar. */
function dayOf(iso: string | undefined): string {
  if (!iso) return '';
  const date = new Date(iso);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function startOf(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toISOString();
}

export function typedOf(b?: Broadcast, timeZone = 'UTC'): Typed {
  const target = b?.target ?? {};
  const quiet = b?.quiet_hours ?? '';
  return {
    draft_id: b?.id ?? null,
    draft_version: b?.version ?? 0,
    title: b?.title ?? '',
    content: b?.content ?? '',
    language: b?.language ?? 'fr',
    variants: { fr: '', en: '', wo: '', ...b?.variants },
    category: b?.category ?? 'health_tip',
    template_sid: b?.template_sid ?? '',
    template_variables: b?.template_variables ?? {},
    audience: !b || b.target_all_patients ? 'all' : 'some',
    target: {
      tags: target.tags ?? [],
      tags_match: target.tags_match ?? 'any',
      gender: target.gender ?? '',
      age_min: target.age_min?.toString() ?? '',
      age_max: target.age_max?.toString() ?? '',
      language: target.language ?? '',
      assigned_to: target.assigned_to?.toString() ?? '',
      document_kind: target.document_kind ?? '',
      active_after: dayOf(target.active_after),
      active_before: dayOf(target.active_before),
      conditions: target.conditions ?? [],
    },
    when: b?.scheduled_at ? 'at' : 'now',
    scheduled_at: b?.scheduled_at ? wallOf(b.scheduled_at, timeZone) : '',
    repeat: b?.repeat ?? '',
    repeat_end: b?.repeat_until ? 'until' : b?.repeat_count ? 'count' : 'never',
    repeat_until: b?.repeat_until ? wallOf(b.repeat_until, timeZone).slice(0, 10) : '',
    repeat_count: b?.repeat_count?.toString() ?? '',
    spread: Boolean(b?.rate_per_hour),
    rate_per_hour: b?.rate_per_hour?.toString() ?? '',
    quiet: !quiet ? 'clinic' : quiet === 'none' ? 'none' : 'own',
    quiet_from: quiet.includes('-') ? quiet.split('-')[0]! : '',
    quiet_to: quiet.includes('-') ? quiet.split('-')[1]! : '',
  };
}

/** What was not said is left out. */
export function targetOf({ target: v }: Pick<Typed, 'target'>): Target {
  return {
    ...(v.tags.length > 0 && { tags: v.tags, tags_match: v.tags_match }),
    ...(v.gender && { gender: v.gender as Target['gender'] }),
    ...(v.age_min && { age_min: Number(v.age_min) }),
    ...(v.age_max && { age_max: Number(v.age_max) }),
    ...(v.language && { language: v.language as PatientLanguage }),
    ...(v.assigned_to && { assigned_to: Number(v.assigned_to) }),
    ...(v.document_kind && { document_kind: v.document_kind as Target['document_kind'] }),
    ...(v.active_after && { active_after: startOf(v.active_after) }),
    ...(v.active_before && { active_before: startOf(v.active_before) }),
    ...(v.conditions.length > 0 && { conditions: v.conditions }),
  };
}

/** Null: nobody is meant yet. */
export function audienceOf(v: Typed): { target_all_patients: boolean; target: Target } | null {
  if (v.audience === 'all') return { target_all_patients: true, target: {} };
  const target = targetOf(v);
  return Object.keys(target).length > 0 ? { target_all_patients: false, target } : null;
}

export function wordsOf(v: Typed) {
  const variants = Object.fromEntries(LANGUAGES.filter((lang) => lang !== v.language && v.variants[lang].trim()).map((lang) => [lang, v.variants[lang]]));
  const variables = Object.fromEntries(Object.entries(v.template_variables).filter(([, text]) => text?.trim()));
  return { content: v.content, language: v.language, variants, template_sid: v.template_sid, template_variables: v.template_sid ? variables : {} };
}

export function paceOf(v: Typed) {
  return {
    rate_per_hour: v.spread && isNumber(v.rate_per_hour, 1, RATE_MAX) ? Number(v.rate_per_hour) : null,
    quiet_hours: v.quiet === 'none' ? 'none' : v.quiet === 'own' && v.quiet_from && v.quiet_to ? `${v.quiet_from}-${v.quiet_to}` : null,
  };
}

export function timesOf(v: Typed) {
  if (v.when === 'now' || !v.scheduled_at) return { scheduled_at: null, repeat: null, repeat_until: null, repeat_count: null };
  const repeat = (v.repeat || null) as Repeat | null;
  return {
    scheduled_at: v.scheduled_at,
    repeat,
    repeat_until: repeat && v.repeat_end === 'until' && v.repeat_until ? `${v.repeat_until}T23:59` : null,
    repeat_count: repeat && v.repeat_end === 'count' && isNumber(v.repeat_count, 1, RUNS_MAX) ? Number(v.repeat_count) : null,
  };
}

/** Everything but the times: a time makes a draft leave by itself. Null: the server could not keep it. */
export function draftBodyOf(v: Typed) {
  const audience = audienceOf(v);
  if (!audience || !v.content.trim() || textFault(v.content)) return null;
  if (LANGUAGES.some((lang) => lang !== v.language && v.variants[lang].trim() && textFault(v.variants[lang]))) return null;
  return { title: v.title.trim().slice(0, TITLE_CHARS_MAX) || words(broadcasts).untitled, category: v.category || 'general', ...wordsOf(v), ...audience, ...paceOf(v) };
}
