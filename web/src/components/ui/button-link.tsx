/** Apart from the button: signing in has no link of Next.js', which weighs more than all buttons. */
import type { ComponentProps } from 'react';
import Link from 'next/link';

import { buttonClass, type ButtonProps } from './button';

/** Another page. */
export function ButtonLink({ look = 'plain', icon, className, children, ...rest }: ButtonProps & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={buttonClass(look, className)}>
      {icon}
      {children}
    </Link>
  );
}
