/** static-link -- stands in the place of next/link in what is built from src/early/: before its scripts came, a link is a link. */
import type { ComponentProps } from 'react';

export default function Link({ children, ...rest }: ComponentProps<'a'>) {
  return <a {...rest}>{children}</a>;
}
