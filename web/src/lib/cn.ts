import { clsx, type ClassValue } from 'clsx';

/** Class names, without the false ones. What is given later must not contradict what came before: styles have one owner. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
