/** hold -- stands first in every page that is built with a form: keeps what is typed and sent before React came (lib/before-react.ts). */
import { holder } from '@/lib/before-react';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** On a form that nobody has taken over yet; its value says that it was sent. */
const BUILT = 'data-built';
const SENT = 'sent';

const typed = new Map<Element, string>();
const isField = (node: unknown): node is Field => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;

/** As if it were typed now. React compares with what it saw last, and hears of nothing that is as it was. */
function typeAnew(field: Field, text: string) {
  const write = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')!.set!;
  const caret = 'selectionStart' in field && field.value === text ? field.selectionStart : null;
  field.value = '';
  write.call(field, text);
  if (caret !== null) (field as HTMLInputElement).setSelectionRange(caret, caret);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.hasAttribute(BUILT)) return;
  event.preventDefault();
  form.setAttribute(BUILT, SENT);
});

document.addEventListener('input', ({ target }) => {
  if (isField(target) && target.form?.hasAttribute(BUILT)) typed.set(target, target.value);
});

holder.medirecordTakeOver = (form) => {
  const state = form?.getAttribute(BUILT);
  if (!form || state == null) return;
  form.removeAttribute(BUILT);
  setTimeout(() => {
    for (const field of form.elements) {
      const text = typed.get(field);
      if (text !== undefined) typeAnew(field as Field, text);
      typed.delete(field);
    }
    if (state === SENT) form.requestSubmit();
  });
};
