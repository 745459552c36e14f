import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Page introuvable · MediRecord' };

/** In both languages and without a script of its own: Next.js sends this page along with every other one, in case. */
export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-4 pt-24">
      <h1 className="text-title font-semibold">Cette page n’existe pas</h1>
      <p className="mt-1 text-ink-soft">L’adresse est peut-être incomplète.</p>
      <p lang="en" className="mt-1 mb-6 text-ink-soft">There is no such page; the address may be incomplete.</p>
      <a href="/dashboard/" className="inline-flex min-h-11 items-center rounded-md bg-accent px-4 font-semibold text-accent-ink">Revenir à aujourd’hui</a>
    </main>
  );
}
