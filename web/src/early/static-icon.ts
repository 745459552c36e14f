/** static-icon -- stands in the place of lucide-react's Icon in what is built from src/early/: the same picture, without its many options. */
import { jsx } from './static-react';

interface Picture {
  name: string;
  aliases?: unknown[];
  size: number;
  node: Array<[string, Record<string, unknown>]>;
}

export default function Icon({ icon: { name, aliases = [], size, node }, className, ...rest }: { icon: Picture; className?: string }) {
  const names = [name, ...aliases.filter((alias) => typeof alias === 'string')].map((n) => `lucide-${n}`);
  return jsx('svg', {
    xmlns: 'http://www.w3.org/2000/svg', width: size, height: size, viewBox: `0 0 ${size} ${size}`, fill: 'none', stroke: 'currentColor',
    strokeWidth: 2, strokeLinecap: 'round', strokeLinejoin: 'round', className: ['lucide', ...names, className].join(' '), ...rest,
    children: node.map(([tag, attributes]) => jsx(tag, attributes)),
  });
}
