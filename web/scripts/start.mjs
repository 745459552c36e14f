/**
 * Lets a page start in parts. Turbopack evaluates all that a page is made of in one task, which takes a phone a third of a second in which no touch is
 * answered. Here React, the router and what the page names of ours are named one by one in front of the page's own start, and the runtime lets
 * others go first before each of them.
 */
const BOOT = /(\.push\(\{"otherChunks":)(\[[^\]]*\])(,"runtimeModuleIds":\[)(\d+\]\}\))/;
const LOOP = /for\(let (\w) of \w\.runtimeModuleIds\)(?=!function)/;
const MODULE = /[,[](\d+),(?:\(?[\w$,]*\)?=>|function\([\w$,]*\))\{/g;
/** What is written in React's renderer, and in the router, and nowhere else. */
const THEIRS = ['rendererPackageName:"react-dom"', '__internal_src_page'];
/** How the page names parts of ours: the id of the module, then its files and its name. */
const OURS = /[0-9a-f]:I\[(\d+),/g;
const SCRIPT = /<script src="\/_next\/(static\/chunks\/[^"]+)" async=""/g;

/** The module that holds a text. */
function moduleOf(scripts, text) {
  for (const script of scripts) {
    const at = script.indexOf(text);
    const before = at < 0 ? undefined : [...script.slice(0, at).matchAll(MODULE)].at(-1);
    if (before) return before[1];
  }
  throw new Error(`no script holds ${text}, before which a page may pause`);
}

export const isRuntime = (name) => /^\/_next\/static\/chunks\/turbopack-[^/]*\.js$/.test(name);

/** The runtime, which lets others go first before each part. */
export function pauseBetweenParts(runtime) {
  if (!LOOP.test(runtime)) throw new Error('the runtime starts its parts otherwise than it did');
  return runtime.replace(LOOP, (loop) => `${loop}await new Promise(e=>setTimeout(e)),`);
}

/** The page, with its large parts named; all their files are there then. `read` gives the text of a file of the export. */
export function startInParts(html, read) {
  return html.replace(BOOT, (_, push, others, ids, own) => {
    const files = [...html.matchAll(SCRIPT)].map(([, file]) => file).filter((file) => !isRuntime(`/_next/${file}`));
    const chunks = [...new Set([...JSON.parse(others), ...files])];
    const scripts = chunks.map((file) => read(`/_next/${file}`));
    const ours = [...html.matchAll(OURS)].map(([, id]) => id).filter((id) => scripts.some((script) => new RegExp(`[,[]${id},`).test(script)));
    const parts = [...THEIRS.map((text) => moduleOf(scripts, text)), ...ours];
    return `${push}${JSON.stringify(chunks)}${ids}${[...new Set(parts)].join(',')},${own}`;
  });
}
