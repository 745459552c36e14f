/** A question that was asked in a conversation, on its way to the form for a new golden question. Kept in memory alone: it is a patient's. */
export interface Prefill {
  /** The logged question: the golden one keeps what was answered. */
  questionId: number;
  patient: number;
  question: string;
  refused: boolean;
}

let waiting: Prefill | null = null;

export function prefillQuestion(prefill: Prefill) {
  waiting = prefill;
}

/** For the form, once: who comes later finds it empty. */
export function prefilled(): Prefill | null {
  return waiting;
}

export function forgetPrefill() {
  waiting = null;
}
