'use client';

import { DropdownMenu as Radix } from 'radix-ui';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

import { cn } from '@/lib/cn';

const ITEM = 'flex min-h-11 items-center gap-3 rounded-md px-3 outline-none data-[highlighted]:bg-accent-ground data-[highlighted]:text-ink';

/** What a button offers: <Menu trigger={<Button>…</Button>}><MenuItem …/></Menu>. */
export function Menu({ trigger, children, side = 'bottom', align = 'start', defaultOpen }: { trigger: ReactNode; children: ReactNode; side?: 'top' | 'bottom' | 'right'; align?: 'start' | 'end'; defaultOpen?: boolean }) {
  // Without a portal, so that it belongs to the landmark that its button stands in.
  return (
    <Radix.Root modal={false} defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Content side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50 min-w-56 rounded-lg border border-line bg-surface p-1 text-ink shadow-float">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}

export function MenuItem({ icon, children, onSelect, danger }: { icon?: ReactNode; children: ReactNode; onSelect: () => void; danger?: boolean }) {
  return (
    <Radix.Item onSelect={onSelect} className={cn(ITEM, danger && 'text-danger-ink')}>
      {icon}
      {children}
    </Radix.Item>
  );
}

export function MenuChoice<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: ReadonlyArray<{ value: T; label: string }>; onChange: (value: T) => void }) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(v) => onChange(v as T)}>
      <Radix.Label className="px-3 pt-2 pb-1 text-small text-ink-soft">{label}</Radix.Label>
      {options.map((o) => (
        <Radix.RadioItem key={o.value} value={o.value} className={ITEM}>
          <span className="inline-flex size-5 items-center justify-center">
            <Radix.ItemIndicator><Check aria-hidden className="size-5 text-accent" /></Radix.ItemIndicator>
          </span>
          {o.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
