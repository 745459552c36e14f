/** A value that lives outside React and tells who looks at it when it changes. */
import { useSyncExternalStore } from 'react';

export interface Store<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** `onServer` is what the exported page shows before the browser knows better. */
export function useStore<T>(store: Store<T>, onServer: T = store.get()): T {
  return useSyncExternalStore(store.subscribe, store.get, () => onServer);
}
