'use client';

import { Download, EllipsisVertical, FolderDown, Pencil, Trash2 } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { Suspense, useState } from 'react';

import { Button, IconButton } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { PatientThread } from '@/features/conversations/patient-thread';
import { DocumentList } from '@/features/documents/document-list';
import { UploadList } from '@/features/upload/upload-list';
import { Uploader } from '@/features/upload/uploader';
import { formatDate, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { useRecordIds } from '@/lib/use-record-id';
import { useSearchState } from '@/lib/use-search-state';
import { patients } from '@/messages/patients';
import { Allergies } from './allergies';
import { ErasePatient } from './erase-patient';
import { EditPatient } from './edit-patient';
import { nameOf, PATIENTS, patientUrl, useChoices, type Patient } from './patient';
import { Age, StatusBadge, Tags } from './patient-facts';
import { RecordTab } from './record-tab';
import { Timeline } from './timeline';

const TABS = ['record', 'documents', 'conversation', 'timeline'] as const;
/** All four fit on a phone. */
const TAB = 'min-h-11 shrink-0 border-b-2 border-transparent px-2 text-small sm:px-4 sm:text-base text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink';

function Head({ patient, onEdit }: { patient: Patient; onEdit?: () => void }) {
  const t = useWords(patients);
  const lang = useLang();
  const { doctors } = useChoices();
  const mayErase = useIsDoctor();
  const [erasing, setErasing] = useState(false);
  const doctor = doctors.find((d) => d.id === patient.assigned_to);
  return (
    <>
      <PageHeader
        title={nameOf(patient) || t.unnamed(patient.id)}
        back={{ href: PATIENTS, label: t.title }}
        action={onEdit && (
          <>
            <Button onClick={onEdit} icon={<Pencil aria-hidden className="size-5" />}>{t.edit}</Button>
            <Menu align="end" trigger={<IconButton label={t.more}><EllipsisVertical aria-hidden className="size-5" /></IconButton>}>
              <MenuItem icon={<FolderDown aria-hidden className="size-5" />} onSelect={() => window.location.assign(`${patientUrl(patient.id)}export/zip/`)}>{t.exportZip}</MenuItem>
              <MenuItem icon={<Download aria-hidden className="size-5" />} onSelect={() => window.location.assign(`${patientUrl(patient.id)}export/`)}>{t.exportOne}</MenuItem>
              {mayErase && <MenuLine />}
              {mayErase && <MenuItem danger icon={<Trash2 aria-hidden className="size-5" />} onSelect={() => setErasing(true)}>{t.erase}</MenuItem>}
            </Menu>
          </>
        )}
      />
      <div className="-mt-4 mb-5 flex flex-col gap-2">
        <ul className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {patient.date_of_birth && <li><Age birth={patient.date_of_birth} /> <span className="text-small text-ink-soft">({formatDate(patient.date_of_birth, lang)})</span></li>}
          {patient.gender && <li>{t.genders[patient.gender]}</li>}
          <li><a href={`tel:${patient.phone}`} className="tabular inline-flex min-h-11 items-center text-accent underline underline-offset-2">{formatPhone(patient.phone)}</a>{patient.shares_phone && <span className="text-small text-ink-soft"> {t.shared}</span>}</li>
          {doctor && <li className="text-ink-soft">{t.followedBy(doctor.name)}</li>}
          <li><StatusBadge patient={patient} /></li>
          {patient.tags.length > 0 && <li><Tags tags={patient.tags} /></li>}
        </ul>
        <Allergies patient={patient} />
      </div>
      <ErasePatient patient={patient} open={erasing} onOpenChange={setErasing} />
    </>
  );
}

function Loaded({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  const [{ tab, edit, message }, change] = useSearchState({ tab: 'record', edit: '', message: '' });
  if (edit) {
    return (
      <>
        <Head patient={patient} />
        <EditPatient id={patient.id} onDone={() => change({ edit: '' })} />
      </>
    );
  }
  return (
    <>
      <Head patient={patient} onEdit={() => change({ edit: '1' })} />
      {tab !== 'documents' && <UploadList patientId={patient.id} />}
      <Tabs.Root value={(TABS as readonly string[]).includes(tab) ? tab : 'record'} onValueChange={(next) => change({ tab: next, message: '' })}>
        <Tabs.List aria-label={t.parts} className="mb-5 flex overflow-x-auto border-b border-line">
          {TABS.map((value) => <Tabs.Trigger key={value} value={value} className={TAB}>{t.tabs[value]}</Tabs.Trigger>)}
        </Tabs.List>
        <Tabs.Content value="record" tabIndex={-1}><RecordTab patient={patient} /></Tabs.Content>
        <Tabs.Content value="documents" tabIndex={-1} className="flex flex-col gap-5">
          <Uploader patientId={patient.id} label={t.addPapers} />
          <Panel title={t.tabs.documents} flush><Suspense><DocumentList patientId={patient.id} /></Suspense></Panel>
        </Tabs.Content>
        <Tabs.Content value="conversation" tabIndex={-1}><PatientThread patientId={patient.id} message={Number(message) || undefined} /></Tabs.Content>
        <Tabs.Content value="timeline" tabIndex={-1}><Panel flush><Timeline patientId={patient.id} /></Panel></Tabs.Content>
      </Tabs.Root>
    </>
  );
}

function ById({ id }: { id: string }) {
  const t = useWords(patients);
  const query = useRecord<Patient>('patients', `/api/patients/${id}/`);
  return (
    <>
      {!query.data && <PageHeader title={t.one} back={{ href: PATIENTS, label: t.title }} />}
      <ListState query={query} skeleton={<><Skeleton className="mb-4 h-20" /><Skeleton className="h-96" /></>}>{(patient) => <Loaded patient={patient} />}</ListState>
    </>
  );
}

/** A patient: who, what must never be overlooked, and the four ways to look at the record. */
export function PatientPage() {
  const ids = useRecordIds('/dashboard/patients/[id]/');
  // Coming from the pages beside this one, their address is there for a moment more.
  const here = ids?.[0] !== undefined && ids[0] !== 'new' && ids[0] !== 'import';
  return here && ids?.[0] ? <ById key={ids[0]} id={ids[0]} /> : <Skeleton className="h-96" />;
}
