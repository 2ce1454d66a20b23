import { expect, test } from 'vitest';
import { Asked } from './asked.svelte';

/** Questions that are answered from outside, in any order. */
function asking() {
	const answers: PromiseWithResolvers<string>[] = [];
	const asked = new Asked(() => {
		const answer = Promise.withResolvers<string>();
		answers.push(answer);
		return answer.promise;
	});
	return { asked, answers };
}

test('an answer that comes after the answer to a later question is not taken', async () => {
	const { asked, answers } = asking();
	const both = [asked.ask(), asked.ask()];
	answers[1]?.resolve('now');
	await both[1];
	answers[0]?.resolve('before');
	await both[0];
	expect(asked.value).toBe('now');
});

test('nor is a refusal, and what is answered in order is shown as it comes', async () => {
	const { asked, answers } = asking();
	const all = [asked.ask(), asked.ask(), asked.ask()];
	answers[0]?.resolve('first');
	await all[0];
	expect(asked.value).toBe('first');
	answers[2]?.resolve('third');
	await all[2];
	answers[1]?.reject(new Error('refused'));
	await all[1];
	expect([asked.value, asked.status]).toEqual(['third', undefined]);
});
