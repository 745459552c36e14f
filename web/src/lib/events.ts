/**
 * events -- /api/events/: what happens, told as it happens. An event is a hint (ids, no names): it makes the queries that it concerns ask
 * again. One stream for the page, opened when the first component listens.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';

export type EventData = Record<string, unknown>;
type Listener = (data: EventData) => void;

/** Which queries an event makes old, by the first word of their key. */
const CONCERNS: Record<string, string[]> = {
  document: ['documents', 'patients', 'facts', 'notifications', 'jobs'],
  message: ['messages', 'sessions', 'notifications'],
  notification: ['notifications', 'sessions'],
  session: ['sessions'],
  broadcast: ['broadcasts', 'messages'],
  advice: ['advice'],
  evaluation: ['evaluations'],
};

/** Progress of a page of a document comes often, and changes that list alone. */
function concernedBy(name: string, data: EventData): string[] {
  return name === 'document' && data.status === 'processing' ? ['documents'] : (CONCERNS[name] ?? []);
}

const listeners = new Map<string, Set<Listener>>();
let source: EventSource | null = null;

function deliver(name: string) {
  return (event: MessageEvent<string>) => {
    let data: EventData = {};
    try {
      data = JSON.parse(event.data) as EventData;
    } catch {
      // "reset" has none
    }
    for (const listener of [...(listeners.get(name) ?? [])]) listener(data);
  };
}

function open(onFirst?: () => void) {
  source = new EventSource('/api/events/');
  if (onFirst) source.addEventListener('open', onFirst, { once: true });
  for (const name of listeners.keys()) source.addEventListener(name, deliver(name));
}

export function onEvent(name: string, listener: Listener): () => void {
  const known = listeners.get(name);
  if (known) known.add(listener);
  else {
    listeners.set(name, new Set([listener]));
    source?.addEventListener(name, deliver(name));
  }
  return () => void listeners.get(name)?.delete(listener);
}

/** A component's own ear: progress of a document, say. */
export function useEvent(name: string, listener: Listener) {
  const latest = useEffectEvent(listener);
  useEffect(() => onEvent(name, (data) => latest(data)), [name]);
}

/** Many events in a row ask once. */
function invalidateSoon(client: QueryClient) {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (root: string) => {
    waiting.add(root);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const key of waiting) void client.invalidateQueries({ queryKey: [key] });
      waiting.clear();
    }, 250);
  };
}

/** Once, in the shell. A stream that the server refused (signed out) is opened anew a little later: EventSource gives up by itself then. */
export function useEvents(active: boolean) {
  const client = useQueryClient();
  useEffect(() => {
    if (!active) return;
    const invalidate = invalidateSoon(client);
    const stops = Object.keys(CONCERNS).map((name) => onEvent(name, (data) => concernedBy(name, data).forEach(invalidate)));
    stops.push(onEvent('reset', () => void client.invalidateQueries()));
    const watch = setInterval(() => {
      if (source?.readyState === EventSource.CLOSED) open();
    }, 5_000);
    // What happened between the first answers and this stream was told to nobody here.
    open(() => ['sessions', 'notifications'].forEach(invalidate));
    return () => {
      clearInterval(watch);
      stops.forEach((stop) => stop());
      source?.close();
      source = null;
    };
  }, [active, client]);
}
