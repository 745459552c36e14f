'use client';

import { CircleUserRound, Keyboard, LogOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';

import { Menu, MenuChoice, MenuItem, MenuLine } from '@/components/ui/menu';
import { chooseLanguage, useLang, useWords } from '@/lib/i18n';
import { signOut } from '@/lib/sign-out';
import { useStore } from '@/lib/store';
import { chooseTheme, theme } from '@/lib/theme';
import { shellMore } from '@/messages/shell-more';

export function AccountMenu({ onKeys, side, trigger }: { onKeys: () => void; side: 'top' | 'bottom'; trigger: ReactNode }) {
  const t = useWords(shellMore);
  const lang = useLang();
  const router = useRouter();
  const look = useStore(theme, 'system');
  return (
    <Menu side={side} align="end" defaultOpen trigger={trigger}>
      <MenuChoice
        label={t.theme}
        value={look}
        onChange={chooseTheme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t.themes[value]! }))}
      />
      <MenuLine />
      <MenuChoice label={t.language} value={lang} onChange={chooseLanguage} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
      <MenuLine />
      <MenuItem icon={<CircleUserRound aria-hidden className="size-5" />} onSelect={() => router.push('/dashboard/settings/account/')}>{t.myAccount}</MenuItem>
      <MenuItem icon={<Keyboard aria-hidden className="size-5" />} onSelect={onKeys}>{t.keys}</MenuItem>
      <MenuItem icon={<LogOut aria-hidden className="size-5" />} onSelect={() => void signOut()}>{t.signOut}</MenuItem>
    </Menu>
  );
}
