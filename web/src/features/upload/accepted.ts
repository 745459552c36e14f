/** accepted -- what can be taken, told before a byte is sent; the server looks into the bytes and has the last word. */
import { words } from '@/lib/i18n';
import { upload } from '@/messages/upload';

export interface Accepted {
  endings: readonly string[];
  megabytes: number;
}

/** What a record can hold. */
export const PAPERS: Accepted = { endings: ['.pdf', '.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp', '.heic', '.heif', '.txt'], megabytes: 100 };

/** For <input accept>. */
export const acceptOf = ({ endings }: Accepted) => ['application/pdf', 'image/*', ...endings].join(',');

/** Why this file cannot be taken; undefined: it can. */
export function refusalOf(file: File, { endings, megabytes }: Accepted): string | undefined {
  const t = words(upload);
  const name = file.name.toLowerCase();
  if (file.size === 0) return t.isEmpty;
  if (file.size > megabytes * 1024 * 1024) return t.tooLarge(megabytes);
  // A photo just taken may have no ending.
  if (!file.type.startsWith('image/') && !endings.some((e) => name.endsWith(e))) return t.wrongKind;
  return undefined;
}
