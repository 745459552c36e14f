/**
 * upload-queue -- files on their way to a patient's record, one after the other: on a weak link the first is there sooner so.
 *
 * The queue lives beside React and survives every move inside the dashboard. What breaks off goes on where it was when the server answers
 * again (tus 1.0.0; the server keeps what arrived for a day); what the server refuses says why, and is not sent again by itself.
 */
import type { Upload as Tus } from 'tus-js-client';

import { connection } from '@/lib/connection';
import { createStore } from '@/lib/store';
import { send, type Ended } from './send-file';

export type UploadState = 'queued' | 'sending' | 'waiting' | 'done' | 'refused';

export interface Upload {
  id: number;
  patientId: number;
  name: string;
  size: number;
  sent: number;
  state: UploadState;
  /** Why it was refused, in the reader's language. */
  reason?: string;
  /** The document that it became. */
  documentId?: number;
}

export interface UploadAbout {
  title?: string;
  kind?: string;
}

interface Job {
  file: File;
  about: UploadAbout;
  /** Knows how far it is. */
  tus: Tus | null;
}

export const uploads = createStore<Upload[]>([]);
const jobs = new Map<number, Job>();
const doneListeners = new Set<(upload: Upload) => void>();
let last = 0;

function change(id: number, changed: Partial<Upload>) {
  uploads.set(uploads.get().map((u) => (u.id === id ? { ...u, ...changed } : u)));
}

export function isOpen(upload: Upload): boolean {
  return upload.state === 'queued' || upload.state === 'sending' || upload.state === 'waiting';
}

/** Closing the window would lose the files; moving about does not. */
function ask(event: BeforeUnloadEvent) {
  event.preventDefault();
}

function guard() {
  window.removeEventListener('beforeunload', ask);
  if (uploads.get().some(isOpen)) window.addEventListener('beforeunload', ask);
}

function ended(id: number, how: Ended) {
  const job = jobs.get(id);
  if (!job) return;
  if (how.state === 'waiting') {
    change(id, { state: 'waiting' });
    connection.failed(); // asks until the server is there, and then tells
    return;
  }
  change(id, how);
  if (how.state === 'refused') job.tus = null; // the server keeps nothing of what it refuses: there is nothing to go on with, or to give up
  if (how.state === 'done') {
    jobs.delete(id);
    const upload = uploads.get().find((u) => u.id === id);
    if (upload) for (const listener of [...doneListeners]) listener(upload);
  }
  guard();
  void next();
}

async function next() {
  const now = uploads.get();
  if (now.some((u) => u.state === 'sending' || u.state === 'waiting')) return;
  const upload = now.find((u) => u.state === 'queued');
  const job = upload && jobs.get(upload.id);
  if (!upload || !job) return;
  change(upload.id, { state: 'sending', reason: undefined });
  await send({
    file: job.file,
    patientId: upload.patientId,
    about: job.about,
    going: job.tus,
    started: (tus) => {
      job.tus = tus;
      return jobs.has(upload.id);
    },
    progress: (sent) => change(upload.id, { sent }),
    ended: (how) => ended(upload.id, how),
  });
}

/** Called with each upload that became a document. */
export function onUploaded(listener: (upload: Upload) => void): () => void {
  doneListeners.add(listener);
  return () => void doneListeners.delete(listener);
}

export function addUploads(patientId: number, files: readonly File[], about: UploadAbout = {}) {
  const added = files.map((file): Upload => {
    const id = ++last;
    jobs.set(id, { file, about, tus: null });
    return { id, patientId, name: file.name, size: file.size, sent: 0, state: 'queued' };
  });
  uploads.set([...uploads.get(), ...added]);
  guard();
  void next();
}

/** Gives it up: what arrived is forgotten by the server too. */
export function cancelUpload(id: number) {
  const job = jobs.get(id);
  jobs.delete(id);
  uploads.set(uploads.get().filter((u) => u.id !== id));
  guard();
  // A server that is away forgets it by itself after a day.
  void job?.tus?.abort(true).catch(() => {});
  void next();
}

/** Sends again what was refused: the reason may be gone (a full disk, say). */
export function retryUpload(id: number) {
  const job = jobs.get(id);
  if (!job) return;
  change(id, { state: 'queued', sent: 0, reason: undefined });
  guard();
  void next();
}

/** Takes what is done out of sight. */
export function forgetDone(patientId: number) {
  uploads.set(uploads.get().filter((u) => u.patientId !== patientId || u.state !== 'done'));
}

if (typeof window !== 'undefined') {
  connection.onBack(() => {
    uploads.set(uploads.get().map((u) => (u.state === 'waiting' ? { ...u, state: 'queued' } : u)));
    void next();
  });
  window.addEventListener('online', () => {
    if (uploads.get().some((u) => u.state === 'waiting')) void connection.tryNow();
  });
}
