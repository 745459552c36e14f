/** save-file -- gives a file that the page made to the browser's downloads. */
export function saveFile(name: string, content: Blob) {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click; a page that lives long keeps no picture for it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export type Cell = string | number | null;

/** Quoted where needed, and never a formula. */
function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** As the server writes it: UTF-8 with its mark, commas, CRLF (RFC 4180). */
export function csvOf(rows: ReadonlyArray<readonly Cell[]>): Blob {
  const text = rows.map((row) => row.map(csvCell).join(',') + '\r\n').join('');
  return new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' });
}
