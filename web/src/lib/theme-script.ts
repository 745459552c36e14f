/** The first script of every page, inline, so that no page is bright for a moment in the dark; its hash stands in the Content-Security-Policy. */
export const THEME_KEY = 'medirecord.theme';

export const THEME_SCRIPT = `(function(){var d=document.documentElement,m=matchMedia('(prefers-color-scheme: dark)');function s(){var c;try{c=localStorage.getItem('${THEME_KEY}')}catch(e){}d.dataset.theme=c==='light'||c==='dark'?c:m.matches?'dark':'light'}s();m.addEventListener('change',s);addEventListener('storage',s)})()`;
