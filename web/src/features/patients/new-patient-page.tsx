'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FileText, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { IconButton } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageHeader } from '@/components/ui/page-header';
import { FilePicker } from '@/features/upload/file-picker';
import { addUploads } from '@/features/upload/upload-queue';
import { api } from '@/lib/api';
import { formatBytes } from '@/lib/format';
import { useSavedForm } from '@/lib/form';
import { useLang, useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { patients } from '@/messages/patients';
import { upload } from '@/messages/upload';
import { nameOf, patientPath, PATIENTS, PATIENTS_URL, type Patient } from './patient';
import { BLANK, makeSchema, PatientFields, writtenOf, type Typed } from './patient-fields';

/** Files that wait for the record to be made. */
function Papers({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  const t = useWords(patients);
  const u = useWords(upload);
  const lang = useLang();
  return (
    <fieldset className="flex max-w-3xl flex-col gap-3 border-t border-line pt-5">
      <legend className="float-left mb-1 w-full text-lead font-semibold">{t.papers}<span className="block text-base font-normal text-ink-soft">{t.papersHelp}</span></legend>
      <FilePicker label={t.addPapers} onFiles={(more) => onChange([...files, ...more])} />
      {files.length > 0 && (
        <ul aria-label={t.papers} className="divide-y divide-line">
          {files.map((file, at) => (
            <li key={at} className="flex items-center gap-3 py-1">
              <FileText aria-hidden className="size-5 shrink-0 text-ink-soft" />
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{file.name} <span className="text-small text-ink-soft">{formatBytes(file.size, lang)}</span></span>
              <IconButton label={u.remove(file.name)} onClick={() => onChange(files.filter((other) => other !== file))}><X aria-hidden className="size-5" /></IconButton>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

export function NewPatientPage() {
  const t = useWords(patients);
  const router = useRouter();
  const client = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: BLANK,
    draft: 'patient.new',
    save: async (typed, idempotencyKey) => {
      const made = await api.post<Patient>(PATIENTS_URL, writtenOf(typed), { idempotencyKey });
      if (files.length) addUploads(made.id, files);
      void client.invalidateQueries({ queryKey: ['patients'] });
      toast(t.created(nameOf(made)));
      router.push(files.length ? `${patientPath(made.id)}?tab=documents` : patientPath(made.id));
    },
  });
  return (
    <>
      <PageHeader title={t.newTitle} lead={t.newLead} back={{ href: PATIENTS, label: t.title }} />
      <Form saved={saved} verb={files.length ? t.createWith(files.length) : t.create} label={t.newTitle}>
        <PatientFields />
        <Papers files={files} onChange={setFiles} />
      </Form>
    </>
  );
}
