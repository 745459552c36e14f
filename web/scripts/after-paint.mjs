/**
 * Lets a page be painted before its scripts come. They would share a slow line with what the reader waits for, and what is there runs at once: on a phone the
 * first scripts would stand between him and a page that can be read, and typed into, without them.
 */
const SCRIPT = /<script src="(\/_next\/[^"]+)" async=""><\/script>/g;
const PRELOAD = /<link rel="preload" as="script" fetchPriority="low" href="[^"]+"\/>/g;
const LAST = /<\/body>/;

/** As React would write them, so that it finds them again. Where nobody looks nothing is painted, and nothing waits. */
const starter = (files) =>
  `<script>{const start=()=>{for(const src of ${JSON.stringify(files)}){const script=document.createElement("script");script.src=src;script.async=true;document.head.append(script)}};` +
  'if(document.hidden||!PerformanceObserver.supportedEntryTypes?.includes("paint"))start();' +
  'else new PerformanceObserver((_,seen)=>{seen.disconnect();start()}).observe({type:"paint",buffered:true})}</script>';

/** The page, whose scripts wait for its first paint. */
export function startAfterPaint(name, html) {
  const files = [...new Set([...html.matchAll(SCRIPT)].map(([, file]) => file))];
  if (files.length === 0 || !LAST.test(html)) throw new Error(`${name}: no scripts that could wait for its first paint`);
  return html.replace(PRELOAD, '').replace(SCRIPT, '').replace(LAST, (end) => starter(files) + end);
}
