/** What a field says when a form is not sent because of it, in our own words and our own look. */

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Asked = Pick<HTMLInputElement, 'type' | 'minLength' | 'validationMessage'> & {
	validity: Pick<ValidityState, 'valueMissing' | 'typeMismatch' | 'tooShort'>;
};

/** Why a field is refused, as a sentence that says what to write instead. */
export function refusal({ validity, type, minLength, validationMessage }: Asked): string {
	if (validity.valueMissing) return type === 'email' ? 'Write an e-mail address here.' : 'Write something here.';
	if (validity.typeMismatch && type === 'email') return 'Write a whole address, such as name@example.com.';
	if (validity.tooShort) return `Write at least ${minLength} characters.`;
	return validationMessage;
}

/** Show it below the field, until somebody types or goes elsewhere. */
function show(field: Field) {
	const bubble = document.createElement('div');
	bubble.className = 'refusal';
	bubble.id = 'refusal';
	bubble.popover = 'manual';
	bubble.setAttribute('role', 'alert');
	bubble.textContent = refusal(field as HTMLInputElement);
	// Only what is in an open dialog is read out while it is open.
	(field.closest('dialog') ?? document.body).append(bubble);
	bubble.showPopover();
	const place = () => {
		const { left, bottom } = field.getBoundingClientRect();
		const right = document.documentElement.clientWidth - bubble.offsetWidth - 8;
		bubble.style.translate = `${Math.max(8, Math.min(left, right))}px ${bottom + 6}px`;
	};
	place();

	const before = ['aria-invalid', 'aria-describedby'].map((name) => [name, field.getAttribute(name)] as const);
	field.setAttribute('aria-invalid', 'true');
	field.setAttribute('aria-describedby', bubble.id);
	const over = new AbortController();
	const hide = () => {
		over.abort();
		bubble.remove();
		for (const [name, value] of before)
			if (value === null) field.removeAttribute(name);
			else field.setAttribute(name, value);
	};
	const until = { signal: over.signal };
	field.addEventListener('input', hide, until);
	field.addEventListener('blur', hide, until);
	document.addEventListener('scroll', place, { ...until, capture: true });
	addEventListener('resize', place, until);
	return hide;
}

/** Take the place of the browser's own bubbles in every form. Answers how to stop. */
export function sayWhatIsWrong(): () => void {
	const stop = new AbortController();
	let hide: (() => void) | undefined;
	let told = false;
	const tell = (event: Event) => {
		event.preventDefault();
		// Every wrong field of a form is named at once; the first is the one to mend.
		if (told) return;
		told = true;
		queueMicrotask(() => (told = false));
		hide?.();
		const field = event.target as Field;
		field.focus();
		hide = show(field);
	};
	document.addEventListener('invalid', tell, { capture: true, signal: stop.signal });
	return () => stop.abort();
}
