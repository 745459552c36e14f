/** What waits, in numbers, as /api/inbox/summary/ says it. Apart from the inbox, since every page counts. */
export interface Summary {
  todo: number;
  danger: number;
  waiting: number;
  taken: number;
}

export const SUMMARY_URL = '/api/inbox/summary/';
