/** accepted -- what a record can hold, told before a byte is sent; the server looks into the bytes and has the last word. */
import { words } from '@/lib/i18n';
import { upload } from '@/messages/upload';

export const FILE_MAX_BYTES = 100 * 1024 * 1024;
const ENDINGS = ['.pdf', '.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp', '.heic', '.heif', '.txt'];

/** For <input accept>. */
export const ACCEPT = ['application/pdf', 'image/*', ...ENDINGS].join(',');

/** Why this file cannot be taken; undefined: it can. */
export function refusalOf(file: File): string | undefined {
  const t = words(upload);
  const name = file.name.toLowerCase();
  if (file.size === 0) return t.isEmpty;
  if (file.size > FILE_MAX_BYTES) return t.tooLarge;
  // A photo just taken may have no ending.
  if (!file.type.startsWith('image/') && !ENDINGS.some((e) => name.endsWith(e))) return t.wrongKind;
  return undefined;
}
