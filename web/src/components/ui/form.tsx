'use client';

import type { ReactNode } from 'react';
import { FormProvider, type FieldValues } from 'react-hook-form';

import { beforeReact } from '@/lib/before-react';
import { cn } from '@/lib/cn';
import { explain } from '@/lib/errors';
import type { SavedForm } from '@/lib/form';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { Alert } from './alert';
import { Button } from './button';

/**
 * The form around its fields (form-fields.tsx): what was put back from a draft, what the server refused as a whole, the button that says what it does. `long`: few
 * of its fields are needed, so the button stays in sight.
 */
export function Form<T extends FieldValues>({ saved, verb, children, aside, label, long }: { saved: SavedForm<T>; verb: string; children: ReactNode; aside?: ReactNode; label?: string; long?: boolean }) {
  const t = useWords(common);
  const { form, submit, error, restored, forget } = saved;
  return (
    <FormProvider {...form}>
      <form {...beforeReact} noValidate aria-label={label} onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        {restored && (
          <Alert tone="accent" action={<Button look="quiet" onClick={forget}>{t.startAfresh}</Button>}>
            {t.draftRestored}
          </Alert>
        )}
        {children}
        {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
        <div className={cn('flex flex-wrap gap-2', long && 'sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 border-t border-line bg-ground py-3 lg:bottom-0')}>
          <Button type="submit" look="primary" busy={form.formState.isSubmitting}>{verb}</Button>
          {aside}
        </div>
      </form>
    </FormProvider>
  );
}
