import type { MetadataRoute } from 'next';

export const dynamic = 'force-static';

/** What a phone needs to keep it among its applications. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'MediRecord',
    short_name: 'MediRecord',
    description: 'Le dossier de vos patients, et leurs questions sur WhatsApp.',
    lang: 'fr',
    start_url: '/dashboard/',
    scope: '/',
    display: 'standalone',
    background_color: '#faf8f4',
    theme_color: '#faf8f4',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
