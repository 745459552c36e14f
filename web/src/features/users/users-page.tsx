'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { SidePanel } from '@/components/ui/dialog';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { ReservedPage } from '@/features/settings/reserved';
import { colon } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { useSearchState } from '@/lib/use-search-state';
import { settings } from '@/messages/settings';
import { users } from '@/messages/users';
import { STATE_TONES, stateOf, USERS_URL, type Account } from './user';
import { UserForm, type Invited } from './user-form';
import { InvitedNote, UserPanel } from './user-panel';

const PAGE_SIZE = 50;
const column = columnsOf<Account>();

function Who({ account, onOpen }: { account: Account; onOpen: () => void }) {
  return (
    <>
      <button type="button" onClick={onOpen} className="row-link text-left font-semibold break-words text-ink hover:text-accent">{account.full_name || account.email}</button>
      {account.full_name && <span className="block text-small break-all text-ink-soft">{account.email}</span>}
    </>
  );
}

function State({ account }: { account: Account }) {
  const t = useWords(users);
  const state = stateOf(account);
  return <Badge tone={STATE_TONES[state]}>{t.states[state]}</Badge>;
}

function Last({ account }: { account: Account }) {
  const t = useWords(users);
  return <span className="whitespace-nowrap text-ink-soft">{account.last_login ? <When at={account.last_login} /> : t.never}</span>;
}

/** What a nurse may do and a doctor may not be told apart from: the four roles beside the list of who has them. */
function RoleHelp() {
  const t = useWords(users);
  return (
    <Panel title={t.rolesTitle}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
        {(['doctor', 'nurse', 'admin', 'service'] as const).map((role) => (
          <div key={role} className="contents">
            <dt className="font-semibold">{t.roles[role]}</dt>
            <dd className="-mt-2 max-w-[65ch] text-ink-soft sm:mt-0">{t.roleHelp[role]}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Users() {
  const t = useWords(users);
  const s = useWords(settings);
  const lang = useLang();
  const me = useStore(session.user, null);
  const [{ page, user }, change] = useSearchState({ page: '1', user: '' });
  const [invited, setInvited] = useState<Invited | null>(null);
  const query = useList<Account>('users', USERS_URL, { page, page_size: PAGE_SIZE });
  const ways = useRecord<{ by_mail: boolean }>('account', '/api/auth/password/forgotten/');
  const byMail = ways.data?.by_mail ?? false;
  const open = (id: string) => {
    setInvited(null);
    change({ user: id, page });
  };
  const close = () => open('');
  const chosen = query.data?.results.find((a) => String(a.id) === user);
  const add = <Button look="primary" icon={<UserPlus aria-hidden className="size-5" />} onClick={() => open('new')}>{t.add}</Button>;
  const columns = [
    column.accessor('full_name', { header: t.columns.who, cell: ({ row }) => <Who account={row.original} onOpen={() => open(String(row.original.id))} /> }),
    column.accessor('role', { header: t.columns.role, cell: ({ getValue }) => t.roles[getValue()] }),
    column.accessor('is_active', { header: t.columns.state, cell: ({ row }) => <State account={row.original} /> }),
    column.accessor('otp_enabled', { header: t.columns.codes, cell: ({ getValue }) => (getValue() ? t.yes : t.no) }),
    column.accessor('last_login', { header: t.columns.last, cell: ({ row }) => <Last account={row.original} /> }),
  ];

  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} action={add} />
      <div className="flex flex-col gap-6">
        <Panel flush>
          <ListState query={query}>
            {(data) => (
              <>
                <DataTable
                  label={t.title}
                  columns={columns}
                  rows={data.results}
                  dimmed={query.isPlaceholderData}
                  card={(account) => (
                    <div className="flex flex-col gap-1">
                      <Who account={account} onOpen={() => open(String(account.id))} />
                      <div className="flex flex-wrap items-center gap-2 text-small"><State account={account} /><span>{t.roles[account.role]}</span></div>
                      <p className="text-small text-ink-soft">{t.columns.last}{colon(lang)}<Last account={account} /></p>
                    </div>
                  )}
                />
                <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
              </>
            )}
          </ListState>
        </Panel>
        <RoleHelp />
      </div>
      <SidePanel open={user === 'new' || chosen !== undefined} onOpenChange={(is) => !is && close()} title={chosen ? chosen.full_name || chosen.email : t.addTitle}>
        {chosen ? <UserPanel key={chosen.id} account={chosen} isMe={chosen.id === me?.id} byMail={byMail} onClose={close} />
          : invited ? <InvitedNote invited={invited} onClose={close} />
            : ways.data && <UserForm byMail={byMail} onDone={(made) => setInvited(made ?? null)} />}
      </SidePanel>
    </>
  );
}

export function UsersPage() {
  const t = useWords(users);
  return <ReservedPage title={t.title} roles={['admin']}><Users /></ReservedPage>;
}
