import type { NextConfig } from 'next';

const dev = process.env.NODE_ENV === 'development';
/** Where `npm run dev` finds a running server. A built dashboard always asks the server that it came from. */
const api = (
  process.env.NEXT_PUBLIC_API_BASE_URL ||
  process.env.NEXT_PUBLIC_DJANGO_API_BASE_URL ||
  'http://127.0.0.1:8000'
).replace(/\/+$/, '');

const config: NextConfig = {
  ...(dev
    ? {
        // Cookies and events pass through, so that the pages are of one origin here as well.
        rewrites: async () =>
          ['api', 'webhook'].map((root) => ({ source: `/${root}/:path*/`, destination: `${api}/${root}/:path*/` })),
        compress: false, // or events would wait for a full block
      }
    : { output: 'export' as const }),
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  turbopack: {
    root: import.meta.dirname,
    resolveAlias: {
      // Writes <style> elements, which the Content-Security-Policy forbids; ours uses constructed style sheets.
      'react-style-singleton': './src/lib/style-singleton.ts',
    },
  },
};

export default config;
