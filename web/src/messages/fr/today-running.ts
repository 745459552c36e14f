/** Words of what runs: only while something does. */
export default {
  title: 'En cours',
  progressOf: (title: string) => `Envoi de ${title}`,
  sentOf: (done: string, total: string) => `${done} messages sur ${total}`,
};
