'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Form } from '@/components/ui/form';
import { PageHeader } from '@/components/ui/page-header';
import { ChosenFiles } from '@/features/upload/chosen-files';
import { FilePicker } from '@/features/upload/file-picker';
import { addUploads } from '@/features/upload/upload-queue';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { patients } from '@/messages/patients';
import { nameOf, patientPath, PATIENTS, PATIENTS_URL, type Patient } from './patient';
import { BLANK, makeSchema, PatientFields, writtenOf, type Typed } from './patient-fields';

/** Files that wait for the record to be made. */
function Papers({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  const t = useWords(patients);
  return (
    <fieldset className="flex max-w-3xl flex-col gap-3 border-t border-line pt-5">
      <legend className="float-left mb-1 w-full text-lead font-semibold">{t.papers}<span className="block text-base font-normal text-ink-soft">{t.papersHelp}</span></legend>
      <FilePicker label={t.addPapers} onFiles={(more) => onChange([...files, ...more])} />
      <ChosenFiles label={t.papers} files={files} onChange={onChange} />
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
      <Form saved={saved} verb={files.length ? t.createWith(files.length) : t.create} label={t.newTitle} long>
        <PatientFields />
        <Papers files={files} onChange={setFiles} />
      </Form>
    </>
  );
}
