import type { Words } from '@/lib/i18n';
import type fr from '../fr/chart';

const en: Words<typeof fr> = {
  nothing: 'Nothing to show for this period',
  numbers: 'See the figures',
  numbersOf: (title: string) => `Figures: ${title}`,
  csv: 'Download as CSV',
  csvShort: 'CSV',
  picture: 'Download the picture',
  pictureShort: 'Picture',
  pictureFailed: 'This browser could not make the picture. The figures can be downloaded as CSV.',
  seen: (title: string, points: number) => `${title}: chart of ${points} ${points === 1 ? 'value' : 'values'}. The figures stand below the chart.`,
  steps: { hour: 'Hour', day: 'Day', week: 'Week of' },
  none: 'no value',
};

export default en;
