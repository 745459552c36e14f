'use client';

import { CircleUserRound, Keyboard, LogOut } from 'lucide-react';

import { Menu, MenuChoice, MenuItem, MenuLine } from '@/components/ui/menu';
import { api } from '@/lib/api';
import { dropAllDrafts } from '@/lib/draft';
import { chooseLanguage, useLang, useWords } from '@/lib/i18n';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { chooseTheme, theme } from '@/lib/theme';
import { shell } from '@/messages/shell';

async function signOut() {
  await api.post('/api/auth/logout/');
  dropAllDrafts();
  window.location.assign('/login/');
}

export function AccountMenu({ onKeys, side }: { onKeys: () => void; side: 'top' | 'bottom' }) {
  const t = useWords(shell);
  const lang = useLang();
  const user = useStore(session.user, null);
  const look = useStore(theme, 'system');
  return (
    <Menu
      side={side}
      align="end"
      trigger={
        <button type="button" aria-label={t.account} className="flex min-h-11 w-full min-w-11 items-center justify-center gap-3 rounded-md text-left text-ink-soft hover:bg-sunken hover:text-ink lg:justify-start lg:px-3">
          <CircleUserRound aria-hidden className="size-6 shrink-0" />
          <span className="hidden min-w-0 lg:block">
            <span className="block truncate text-ink">{user?.full_name || user?.email || '\u00a0'}</span>
            <span className="block text-small">{user ? t.roles[user.role] : '\u00a0'}</span>
          </span>
        </button>
      }
    >
      <MenuChoice
        label={t.theme}
        value={look}
        onChange={chooseTheme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t.themes[value]! }))}
      />
      <MenuLine />
      <MenuChoice label={t.language} value={lang} onChange={chooseLanguage} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
      <MenuLine />
      <MenuItem icon={<Keyboard aria-hidden className="size-5" />} onSelect={onKeys}>{t.keys}</MenuItem>
      <MenuItem icon={<LogOut aria-hidden className="size-5" />} onSelect={() => void signOut()}>{t.signOut}</MenuItem>
    </Menu>
  );
}
