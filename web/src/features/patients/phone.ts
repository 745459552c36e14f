/**
 * phone -- a number as it is typed in Senegal or France, made E.164. What is neither is left to the server, which knows its region and the
 * plans of others.
 */
export function readPhone(typed: string): string | undefined {
  const kept = typed.trim().replace(/\(0\)/, '').replace(/[\s.\-/()\u00a0]/g, '');
  const digits = kept.replace(/^00/, '+');
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return digits;
  if (/^(7[05678]|3[03])\d{7}$/.test(digits)) return `+221${digits}`;
  if (/^221(7[05678]|3[03])\d{7}$/.test(digits)) return `+${digits}`;
  if (/^0[1-79]\d{8}$/.test(digits)) return `+33${digits.slice(1)}`;
  return undefined;
}
