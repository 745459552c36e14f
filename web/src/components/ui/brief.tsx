/** Words for which a phone has no room: there it shows `short`, and says all of them to who listens. */
export function Brief({ words, short }: { words: string; short: string }) {
  return (
    <>
      <span className="max-sm:sr-only">{words}</span>
      <span aria-hidden className="sm:hidden">{short}</span>
    </>
  );
}
