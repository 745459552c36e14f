'use client';

/** Even the frame broke: nothing of ours is used here, and both languages stand side by side. Comes with every page, so it is small. */
export default function GlobalError() {
  return (
    <html lang="fr">
      <body>
        <main>
          <h1>Cette page a rencontré une erreur</h1>
          <p>Rechargez la page ; si cela recommence, prévenez l’administrateur.</p>
          <p lang="en">This page met an error. Reload it; if it happens again, tell the administrator.</p>
          <button type="button" onClick={() => window.location.reload()}>Recharger · Reload</button>
        </main>
      </body>
    </html>
  );
}
