'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { SidePanel } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Secret } from '@/components/ui/secret';
import { When } from '@/components/ui/when';
import { USERS_URL, type Account } from '@/features/users/user';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { colon, formatDate } from '@/lib/format';
import { useLang, useWords, words } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import { useSearchState } from '@/lib/use-search-state';
import { settings } from '@/messages/settings';
import { tokens } from '@/messages/tokens';

const TOKENS_URL = '/api/tokens/';
const PAGE_SIZE = 50;

interface Token {
  id: number;
  name: string;
  user: number;
  user_email: string;
  user_name: string;
  created_at: string;
  last_used: string | null;
  expires_at: string | null;
}

const column = columnsOf<Token>();

const makeSchema = () => z.object({ name: z.string().trim().min(1, words(tokens).required).max(120), days: z.string(), user: z.string() });
type Typed = z.infer<ReturnType<typeof makeSchema>>;

function NewToken({ onMade }: { onMade: (token: string) => void }) {
  const t = useWords(tokens);
  const client = useQueryClient();
  const me = useStore(session.user, null);
  const admin = me?.role === 'admin';
  const people = useList<Account>('users', USERS_URL, { page_size: 100 }, { enabled: admin });
  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: { name: '', days: '365', user: String(me?.id ?? '') },
    save: async ({ name, days, user }) => {
      const body = { name, ...(days && { expires_in_days: Number(days) }), ...(admin && user && { user: Number(user) }) };
      // Without a key: the answer holds the token, and is kept nowhere.
      const made = await api.post<Token & { token: string }>(TOKENS_URL, body, { idempotencyKey: undefined });
      await client.invalidateQueries({ queryKey: ['tokens'] });
      onMade(made.token);
    },
  });
  return (
    <Form saved={saved} verb={t.make} label={t.addTitle}>
      <TextField name="name" label={t.name} hint={t.nameHint} autoComplete="off" />
      <SelectField name="days" label={t.ends} hint={t.endsHint} options={[{ value: '30', label: t.days(30) }, { value: '90', label: t.days(90) }, { value: '365', label: t.days(365) }, { value: '', label: t.never }]} />
      {admin && people.data && (
        <SelectField
          name="user"
          label={t.inNameOf}
          hint={t.inNameOfHint}
          options={people.data.results.filter((p) => p.is_active).map((p) => ({ value: String(p.id), label: p.full_name ? `${p.full_name} (${p.email})` : p.email }))}
        />
      )}
    </Form>
  );
}

function Ends({ token }: { token: Token }) {
  const t = useWords(tokens);
  const lang = useLang();
  if (!token.expires_at) return <span className="text-ink-soft">{t.never}</span>;
  const over = Date.parse(token.expires_at) <= Date.now();
  return <span className={over ? 'font-semibold text-look-ink' : 'text-ink-soft'}>{over ? t.over : formatDate(token.expires_at, lang)}</span>;
}

function Used({ token }: { token: Token }) {
  const t = useWords(tokens);
  return <span className="whitespace-nowrap text-ink-soft">{token.last_used ? <When at={token.last_used} /> : t.notUsed}</span>;
}

/** Keys for programs: one's own; an administrator sees all of them. */
export function TokensPage() {
  const t = useWords(tokens);
  const s = useWords(settings);
  const lang = useLang();
  const client = useQueryClient();
  const [{ page, show }, change] = useSearchState({ page: '1', show: '' });
  const [made, setMade] = useState('');
  const [asked, setAsked] = useState<Token | null>(null);
  const query = useList<Token>('tokens', TOKENS_URL, { page, page_size: PAGE_SIZE });
  const open = (is: boolean) => {
    setMade('');
    change({ show: is ? 'new' : '', page });
  };
  const add = <Button look="primary" icon={<Plus aria-hidden className="size-5" />} onClick={() => open(true)}>{t.add}</Button>;
  const revoke = (token: Token) => <Button look="quiet" aria-label={t.revokeOne(token.name)} onClick={() => setAsked(token)}>{t.revoke}</Button>;
  const columns = [
    column.accessor('name', { header: t.columns.name, cell: ({ getValue }) => <span className="font-semibold break-words">{getValue()}</span> }),
    column.accessor('user_email', { header: t.columns.owner, cell: ({ row }) => row.original.user_name || row.original.user_email }),
    column.accessor('last_used', { header: t.columns.used, cell: ({ row }) => <Used token={row.original} /> }),
    column.accessor('expires_at', { header: t.columns.ends, cell: ({ row }) => <Ends token={row.original} /> }),
    column.display({ id: 'revoke', header: () => <span className="sr-only">{t.revoke}</span>, cell: ({ row }) => revoke(row.original) }),
  ];

  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} action={add} />
      <Panel flush>
        <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.emptyTitle} action={add}>{t.emptyHelp}</Empty>}>
          {(data) => (
            <>
              <DataTable
                label={t.title}
                columns={columns}
                looks={{ revoke: { align: 'right' } }}
                rows={data.results}
                dimmed={query.isPlaceholderData}
                card={(token) => (
                  <div className="flex items-center justify-between gap-3">
                    <div className="min-w-0">
                      <p className="font-semibold break-words">{token.name}</p>
                      <p className="text-small break-words text-ink-soft">{token.user_name || token.user_email}</p>
                      <p className="text-small text-ink-soft">{t.columns.used}{colon(lang)}<Used token={token} /></p>
                      <p className="text-small text-ink-soft">{t.columns.ends}{colon(lang)}<Ends token={token} /></p>
                    </div>
                    {revoke(token)}
                  </div>
                )}
              />
              <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
            </>
          )}
        </ListState>
      </Panel>
      <SidePanel open={show === 'new'} onOpenChange={open} title={t.addTitle}>
        {made ? (
          <div className="flex flex-col gap-4">
            <Alert tone="look" live title={t.madeTitle}>{t.madeHelp}</Alert>
            <Secret label={t.token} value={made} />
            <p className="text-small text-ink-soft">{t.use} <code className="break-all">Authorization: Token …</code></p>
            <Button look="primary" className="self-start" onClick={() => open(false)}>{t.done}</Button>
          </div>
        ) : <NewToken onMade={setMade} />}
      </SidePanel>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={t.revokeAsk(asked?.name ?? '')}
        verb={t.revokeVerb}
        onConfirm={async () => {
          await api.delete(`${TOKENS_URL}${asked?.id}/`);
          await client.invalidateQueries({ queryKey: ['tokens'] });
          toast(t.revoked);
        }}
      >
        {t.revokeHelp}
      </ConfirmDialog>
    </>
  );
}
