/** The sign of the program: a page whose line is a heartbeat. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <path d="M8 3h11l7 7v16a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3Z" className="fill-accent" />
      <path d="M8 18h4l2-5 4 9 2-4h4" fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent-ink" />
    </svg>
  );
}
