import { expect, test } from 'vitest';
import { inTurn, once, row } from './busy';

/** Work whose end is told from outside. */
function held() {
	const ends: (() => void)[] = [];
	return { ends, work: () => new Promise<void>((end) => ends.push(end)) };
}
const sent = () => new Event('submit', { cancelable: true });

test('a form that is sent twice is sent once, and can be sent again afterwards', async () => {
	const { ends, work } = held();
	const send = once(work);
	const [first, second] = [sent(), sent()];
	const ended = send(first);
	await send(second);
	expect([first.defaultPrevented, second.defaultPrevented, ends.length]).toEqual([true, true, 1]);
	ends[0]?.();
	await ended;
	void send(sent());
	expect(ends.length).toBe(2);
});

test('a form whose work failed can be sent again', async () => {
	let tries = 0;
	const send = once(async () => {
		if (++tries === 1) throw new Error('refused');
	});
	await expect(send(sent())).rejects.toThrow('refused');
	await send(sent());
	expect(tries).toBe(2);
});

test('work that is asked for while it is under way is done once more, after it', async () => {
	const { ends, work } = held();
	const save = inTurn(work);
	const ended = save();
	await Promise.all([save(), save()]);
	expect(ends.length).toBe(1);
	ends[0]?.();
	await expect.poll(() => ends.length).toBe(2);
	ends[1]?.();
	await ended;
	expect(ends.length).toBe(2);
});

test('works in a row begin one after the other, a refused one too', async () => {
	const said: string[] = [];
	const first = Promise.withResolvers<string>();
	const then = row();
	const answers = [
		then(async () => (said.push('first'), first.promise)),
		then(async () => said.push('second'))
	];
	await Promise.resolve();
	expect(said).toEqual(['first']);
	first.reject(new Error('refused'));
	await expect(answers[0]).rejects.toThrow('refused');
	expect(await answers[1]).toBe(2);
});
