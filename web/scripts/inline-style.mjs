/**
 * Writes the styles of a page into it, so that it can be painted when it has come, without asking once more. The link stays, disabled, and loads nothing:
 * React looks for it, and would wait for one of its own before it takes over.
 */
import path from 'node:path';

const LINK = /<link rel="stylesheet" href="(\/_next\/[^"]+\.css)" data-precedence="next"\/>/g;
const RELATIVE = /url\((["']?)(?!data:|\/|[a-z]+:)/g;

/** `read` gives the text of a file of the export. */
export function inlineStyle(html, read) {
  return html.replace(LINK, (link, file) => {
    const css = read(file).replace(RELATIVE, (_, quote) => `url(${quote}${path.posix.dirname(file)}/`);
    if (/<\/style/i.test(css)) throw new Error(`${file} ends the element that it would stand in`);
    return `<style>${css}</style>${link.replace('/>', ' disabled=""/>')}`;
  });
}
