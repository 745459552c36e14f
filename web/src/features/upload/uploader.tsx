'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { FilePicker } from './file-picker';
import { UploadList } from './upload-list';
import { addUploads, onUploaded, type UploadAbout } from './upload-queue';

/** Documents for a patient: chosen, sent at once, with their progress. The lists of documents are asked again after each. */
export function Uploader({ patientId, about, label }: { patientId: number; about?: UploadAbout; label?: string }) {
  const client = useQueryClient();
  useEffect(() => onUploaded(() => void client.invalidateQueries({ queryKey: ['documents'] })), [client]);
  return (
    <div className="flex flex-col gap-3">
      <FilePicker label={label} onFiles={(files) => addUploads(patientId, files, about)} />
      <UploadList patientId={patientId} />
    </div>
  );
}
