/**
 * Puts the content of a page where it belongs. React writes a large part of a page behind the rest of it, hidden, with a script that moves it
 * into place some 300 ms after the first paint: right for a server that streams, a pause for nothing where the whole page is there.
 */
const LATE = /<div hidden id="S:0">([\s\S]*)<\/div><script>\$RB=\[\];\$RV=[\s\S]*?\$RC\("B:0","S:0"\)<\/script>/;
const PLACE = '<!--$?--><template id="B:0"></template><!--/$-->';
/** When the first frame was: only the script above asks. */
const CLOCK = '<script>requestAnimationFrame(function(){$RT=performance.now()});</script>';

/** The same page without detours. Fails on what it does not know: React writes it, and may write it otherwise one day. */
export function settle(name, html) {
  const late = LATE.exec(html);
  const settled = late ? html.replace(LATE, '').replace(PLACE, () => `<!--$-->${late[1]}<!--/$-->`).replace(CLOCK, '') : html;
  if (/<template id="[BP]:|<div hidden id="S:|\$R[BCTVX]\b/.test(settled)) throw new Error(`${name}: a part of the page is not where it belongs`);
  return settled;
}
