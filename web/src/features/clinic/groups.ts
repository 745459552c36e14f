import type fr from '@/messages/fr/clinic';

/** What an administrator may change, by what it is about; the server says which of it is left open. */
export const GROUPS: ReadonlyArray<{ group: keyof (typeof fr)['groups']; names: readonly string[] }> = [
  { group: 'patients', names: ['EMERGENCY_NUMBER', 'TAKE_OVER_REMINDER', 'MEDIRECORD_DEFAULT_REGION', 'TIME_ZONE', 'ADMINS'] },
  { group: 'messages', names: ['CHANNEL', 'BROADCAST_QUIET_HOURS', 'SENDER_PEOPLE_PER_DAY', 'MESSAGE_RATE', 'MESSAGE_PRICE', 'TEMPLATE_PRICE_MARKETING', 'TEMPLATE_PRICE_UTILITY'] },
  { group: 'models', names: ['LLM', 'EMBEDDER', 'MODEL_TIMEOUT', 'GEMINI_MODEL', 'GEMINI_EMBED_MODEL', 'OPENAI_MODEL', 'OPENAI_EMBED_MODEL', 'MODEL_PRICE_IN', 'MODEL_PRICE_OUT', 'EMBED_PRICE'] },
  { group: 'keeping', names: ['BACKUP_EVERY_HOURS', 'BACKUP_KEEP', 'METRICS_RETENTION_DAYS', 'MODEL_CALL_RETENTION_DAYS', 'JOB_RETENTION_DAYS', 'BACKUP_LIST_RETENTION_DAYS', 'SESSION_HOURS'] },
];
