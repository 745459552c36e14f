/**
 * chart-picture -- a drawn chart as a PNG with its title, for a report or a message. The SVG is written anew with its colours as they are
 * seen: outside the page there are no tokens.
 */
const SVG = 'http://www.w3.org/2000/svg';
const SCALE = 2;
const HEAD = 40;
const PAD = 16;
/** What a style sheet may have given an element. */
const LOOK = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'fill-opacity', 'font-size', 'text-anchor', 'visibility'];
const LEFT_OUT = new Set(['class', 'style', 'id', 'tabindex', 'role', ...LOOK]);

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function written(node: Element): string {
  const look = getComputedStyle(node);
  const attributes = [...node.attributes]
    .filter((a) => !LEFT_OUT.has(a.name) && !/^(data|aria)-/.test(a.name))
    .map((a) => `${a.name}="${escaped(a.value)}"`);
  for (const name of LOOK) {
    const value = look.getPropertyValue(name);
    if (value) attributes.push(`${name}="${escaped(value)}"`);
  }
  const inside = [...node.childNodes].map((child) => (child instanceof Element ? written(child) : child.nodeType === Node.TEXT_NODE ? escaped(child.textContent ?? '') : '')).join('');
  return `<${node.tagName} ${attributes.join(' ')}>${inside}</${node.tagName}>`;
}

function svgText(drawing: SVGSVGElement, title: string): { text: string; width: number; height: number } {
  const box = drawing.getBoundingClientRect();
  const tokens = getComputedStyle(document.documentElement);
  const width = Math.ceil(box.width) + 2 * PAD;
  const height = Math.ceil(box.height) + HEAD + PAD;
  const inside = [...drawing.children].filter((child) => !/^(title|desc)$/.test(child.tagName)).map(written).join('');
  const text =
    `<svg xmlns="${SVG}" width="${width}" height="${height}" font-family="Source Sans 3, Arial, sans-serif">` +
    `<rect width="100%" height="100%" fill="${tokens.getPropertyValue('--surface').trim()}"/>` +
    `<text x="${PAD}" y="26" font-size="18" font-weight="600" fill="${tokens.getPropertyValue('--ink').trim()}">${escaped(title)}</text>` +
    `<g transform="translate(${PAD} ${HEAD})">${inside}</g></svg>`;
  return { text, width, height };
}

/** Throws where the browser cannot. */
export async function pngOf(drawing: SVGSVGElement, title: string): Promise<Blob> {
  const { text, width, height } = svgText(drawing, title);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}
