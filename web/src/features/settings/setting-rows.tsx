'use client';

import { useWords } from '@/lib/i18n';
import { settingWords } from '@/messages/setting-words';
import type { Setting } from './setting';

function Value({ setting }: { setting: Setting }) {
  const t = useWords(settingWords);
  if (!setting.set) return <span className="text-ink-soft">{t.unset}</span>;
  if (setting.secret) return <span>{setting.value ? t.secretEnds(setting.value) : t.secretSet}</span>;
  return <span className="[overflow-wrap:anywhere]">{t.values[setting.name]?.[setting.value] ?? setting.value}</span>;
}

/** Settings in plain words, with the name that .env has for each and where its value comes from. */
export function SettingRows({ label, settings, names }: { label: string; settings: Setting[]; names: readonly string[] }) {
  const t = useWords(settingWords);
  const rows = names.flatMap((name) => settings.filter((s) => s.name === name));
  return (
    <table aria-label={label} className="w-full text-left">
      <thead className="sr-only"><tr><th scope="col">{t.setting}</th><th scope="col">{t.value}</th><th scope="col">{t.source}</th></tr></thead>
      <tbody className="divide-y divide-line">
        {rows.map((setting) => (
          <tr key={setting.name} className="block py-2 sm:table-row">
            <th scope="row" className="block pr-6 align-top font-normal sm:table-cell sm:w-1/2 sm:py-2">
              <span className="block font-semibold">{t.names[setting.name] ?? setting.name}</span>
              <code className="text-small [overflow-wrap:anywhere] text-ink-soft">{setting.name}</code>
            </th>
            <td className="tabular block align-top sm:table-cell sm:py-2 sm:pr-6"><Value setting={setting} /></td>
            <td className="block align-top text-small whitespace-nowrap text-ink-soft sm:table-cell sm:py-2">{t.sources[setting.source]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
