/**
 * send-file -- one file to /api/uploads/ by tus, and what an end of it means: done, refused, or to be gone on with.
 */
import type { DetailedError, HttpRequest, Upload as Tus } from 'tus-js-client';

import { apiHeaders, newKey } from '@/lib/api';
import { words } from '@/lib/i18n';
import { session } from '@/lib/session';
import { upload as catalogue } from '@/messages/upload';
import type { UploadAbout } from './upload-queue';

const UPLOADS_URL = '/api/uploads/';
/** A piece that a proxy may hold back whole, and that is sent again at worst. */
const PIECE_BYTES = 1024 * 1024;
/** A link that is dead without saying so. */
const STALLED_MS = 45_000;

export type Ended = { state: 'done'; documentId?: number } | { state: 'refused'; reason: string } | { state: 'waiting' };

/** The server's sentence: {"detail"} or {"field": ["message"]}. */
function reasonOf(body: string | undefined): string {
  try {
    const told = JSON.parse(body ?? '') as Record<string, unknown>;
    if (typeof told.detail === 'string') return told.detail;
    return Object.values(told).flat().filter((m) => typeof m === 'string').join(' ');
  } catch {
    return '';
  }
}

function isRefusal(status: number): boolean {
  // 409: another place than we thought; 423, 429: later.
  return status >= 400 && status < 500 && ![401, 409, 423, 429].includes(status);
}

export interface Sending {
  file: File;
  patientId: number;
  about: UploadAbout;
  /** Begun before. */
  going: Tus | null;
  /** False: it was given up meanwhile. */
  started: (tus: Tus) => boolean;
  progress: (sent: number) => void;
  ended: (how: Ended) => void;
}

function make(sending: Sending, Upload: typeof Tus): Tus {
  const { file, patientId, about } = sending;
  const key = newKey();
  let stalled: ReturnType<typeof setTimeout>;
  let over = false;
  const end = (how: Ended) => {
    clearTimeout(stalled);
    over = true;
    sending.ended(how);
  };
  const alive = () => {
    clearTimeout(stalled);
    over = false;
    stalled = setTimeout(() => {
      if (over) return;
      void tus.abort();
      end({ state: 'waiting' });
    }, STALLED_MS);
  };
  const tus: Tus = new Upload(file, {
    endpoint: UPLOADS_URL,
    chunkSize: PIECE_BYTES,
    retryDelays: null, // the queue knows when the server is back
    storeFingerprintForResuming: false, // no names of files stay in the browser
    metadata: {
      patient_id: String(patientId),
      filename: file.name || 'document',
      ...(about.title && { title: about.title }),
      ...(about.kind && { kind: about.kind }),
    },
    onBeforeRequest: (request: HttpRequest) => {
      alive();
      const method = request.getMethod();
      for (const [name, value] of Object.entries(apiHeaders(method, method === 'POST' ? key : undefined))) request.setHeader(name, value);
    },
    onProgress: (sent) => {
      alive();
      sending.progress(sent);
    },
    onSuccess: ({ lastResponse }) => {
      const id = Number(lastResponse.getHeader('Document-Id'));
      end({ state: 'done', ...(id > 0 && { documentId: id }) });
    },
    onError: (error) => {
      const answer = (error as DetailedError).originalResponse;
      const status = answer?.getStatus() ?? 0;
      if (status === 401) {
        clearTimeout(stalled);
        void session.signedInAgain().then(() => tus.start());
      } else if (isRefusal(status)) {
        end({ state: 'refused', reason: reasonOf(answer?.getBody()) || words(catalogue).refusedHelp });
      } else end({ state: 'waiting' });
    },
  });
  return tus;
}

/** Begins, or goes on with, sending. The library comes when the first file is sent. */
export async function send(sending: Sending): Promise<void> {
  try {
    const tus = sending.going ?? make(sending, (await import('tus-js-client')).Upload);
    if (sending.started(tus)) tus.start();
  } catch {
    sending.ended({ state: 'waiting' });
  }
}
