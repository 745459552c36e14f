/**
 * before-react -- forms that stand in a page before React came. A browser would send them off by itself, with what was typed, a password too, in the
 * address; and what keeps its text in React would forget it. src/early/hold.ts keeps what is done there meanwhile, and does it anew when React has taken a
 * form over. Every form that a page is built with takes `beforeReact` (scripts/early.mjs asks for it).
 */
export const holder = globalThis as { medirecordTakeOver?: (form: HTMLFormElement | null) => void };

export const beforeReact = { 'data-built': '', ref: (form: HTMLFormElement | null) => holder.medirecordTakeOver?.(form) };
