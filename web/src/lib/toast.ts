/** toast -- says what happened: toast('Modèle supprimé', { undo }). The undo is the caller's work. Shown by components/ui/toast.tsx. */
import { createStore } from './store.ts';

export interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

const SHOWN_MAX = 3;

export const toasts = createStore<Toast[]>([]);
let last = 0;

export function toast(text: string, options: { undo?: () => void } = {}) {
  toasts.set([...toasts.get().slice(1 - SHOWN_MAX), { id: ++last, text, ...options }]);
}

export function dropToast(id: number) {
  toasts.set(toasts.get().filter((t) => t.id !== id));
}
