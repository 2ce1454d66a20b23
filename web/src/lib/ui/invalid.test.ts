import { expect, test } from 'vitest';
import { refusal } from './invalid';

const asked = { type: 'text', minLength: 8, validationMessage: 'The browser’s own' };
const fine = { valueMissing: false, typeMismatch: false, tooShort: false };

test('what is wrong with a field is said as what to write', () => {
	expect(refusal({ ...asked, validity: { ...fine, valueMissing: true } })).toBe('Write something here.');
	expect(refusal({ ...asked, type: 'email', validity: { ...fine, valueMissing: true } })).toBe('Write an e-mail address here.');
	expect(refusal({ ...asked, type: 'email', validity: { ...fine, typeMismatch: true } })).toBe(
		'Write a whole address, such as name@example.com.'
	);
	expect(refusal({ ...asked, validity: { ...fine, tooShort: true } })).toBe('Write at least 8 characters.');
});

test('what we have no words for is said in the browser’s', () => {
	expect(refusal({ ...asked, validity: fine })).toBe('The browser’s own');
});
