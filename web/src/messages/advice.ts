import en from './en/advice';
import fr from './fr/advice';

export const advice = { fr, en };
