/**
 * api -- the one way to the server: JSON as Django REST Framework does it, the session cookie, the CSRF token, typed errors.
 *
 * When the session has ended, the call waits until somebody signed in again and is then repeated: the page and what was typed stay. When
 * the server does not answer, `connection` says so (the shell shows it and tries again); a POST that creates carries an Idempotency-Key,
 * so that repeating it makes nothing twice.
 */
import { SEEN_AT } from '../worker/places.ts';
import { connection } from './connection.ts';
import { takeEarly } from './early.ts';
import { session } from './session.ts';
import { nextTurn } from './turn.ts';
import { withQuery, type Query } from './with-query.ts';

export { withQuery, type Query };

export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

/** The server refused: `fields` by name as it wrote them, or `detail` for the whole. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fields: Record<string, string[]>;
  readonly requestId: string | null;

  constructor(status: number, body: unknown, requestId: string | null) {
    const object = body && typeof body === 'object' ? (body as Record<string, unknown>) : {};
    const detail = typeof object.detail === 'string' ? object.detail : '';
    super(detail || `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = typeof object.code === 'string' ? object.code : '';
    this.detail = detail;
    this.fields = detail ? {} : fieldsOf(object);
    this.requestId = requestId;
  }
}

/** No answer: the server is away, or the network is. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable');
    this.name = 'Unreachable';
  }
}

function fieldsOf(object: Record<string, unknown>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(object).filter(
      (entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].every((m) => typeof m === 'string'),
    ),
  );
}

export function cookie(name: string): string | undefined {
  return document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** The headers that every call carries; uploads by XMLHttpRequest take them from here too. */
export function apiHeaders(method: string, idempotencyKey?: string): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang || 'fr' };
  const token = cookie('csrftoken');
  if (method !== 'GET' && token) headers['X-CSRFToken'] = token;
  if (idempotencyKey) headers['Idempotency-Key'] = idempotencyKey;
  return headers;
}

export interface CallOptions {
  query?: Query;
  signal?: AbortSignal;
  /** For a POST that creates: one key for one intention, kept while it is tried again (newKey()). */
  idempotencyKey?: string;
  /** A 401 is the answer (signing in), not the end of the session. */
  anonymous?: boolean;
  /** Beside those that every call carries: If-Match. */
  headers?: Record<string, string>;
  /** The ETag of what was read, to be sent back as If-Match. */
  onTag?: (etag: string) => void;
}

/** A name for one intention. randomUUID() alone would not do: browsers have it on safe origins only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

async function send(method: string, path: string, body: unknown, options: CallOptions): Promise<Response> {
  // All that a page shows is asked for at once, when it is drawn: too much for one task.
  if (method === 'GET') await nextTurn();
  const headers = { ...apiHeaders(method, options.idempotencyKey), ...options.headers };
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
  try {
    const address = withQuery(path, options.query);
    const response = (method === 'GET' && (await takeEarly(address))) || (await fetch(address, {
      method,
      headers,
      body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
      signal: options.signal,
      credentials: 'same-origin',
      cache: 'no-store',
    }));
    // A proxy in front of a server that is away answers in its place.
    if (response.status === 502 || response.status === 504) throw new Unreachable();
    // Kept by the service worker: the server itself is away.
    if (response.headers.has(SEEN_AT)) connection.failed();
    else connection.answered();
    return response;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    connection.failed();
    throw error instanceof Unreachable ? error : new Unreachable();
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function call<T>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  for (;;) {
    const response = await send(method, path, body, options);
    if (response.ok) {
      options.onTag?.(response.headers.get('etag') ?? '');
      return (await read(response)) as T;
    }
    if (response.status === 401 && !options.anonymous) {
      await session.signedInAgain(options.signal);
      continue;
    }
    throw new ApiError(response.status, await read(response), response.headers.get('x-request-id'));
  }
}

export const api = {
  get: <T>(path: string, query?: Query, options?: CallOptions) => call<T>('GET', path, undefined, { ...options, query }),
  /** Creates, or does something: repeated with the same key it happens once. */
  post: <T>(path: string, body?: unknown, options?: CallOptions) =>
    call<T>('POST', path, body, { idempotencyKey: newKey(), ...options }),
  put: <T>(path: string, body: unknown, options?: CallOptions) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options?: CallOptions) => call<T>('PATCH', path, body, options),
  delete: (path: string, options?: CallOptions) => call<void>('DELETE', path, undefined, options),
};
