'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';

import { Menu, MenuItem } from '@/components/ui/menu';
import { useWords } from '@/lib/i18n';
import { shell } from '@/messages/shell';
import type { Place } from './nav';

/** The places that the bar of five has no room for. */
export function MoreMenu({ places, trigger }: { places: readonly Place[]; trigger: ReactNode }) {
  const t = useWords(shell);
  const router = useRouter();
  return (
    <Menu side="top" align="end" defaultOpen trigger={trigger}>
      {places.map((place) => {
        const Icon = place.icon;
        return <MenuItem key={place.href} icon={<Icon aria-hidden className="size-5" />} onSelect={() => router.push(place.href)}>{t.nav[place.word]}</MenuItem>;
      })}
    </Menu>
  );
}
