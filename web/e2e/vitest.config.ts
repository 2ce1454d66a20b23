import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		root: import.meta.dirname,
		include: ['*.e2e.ts'],
		// One browser and one server at a time: the machine that runs this is often a small one.
		fileParallelism: false,
		// Patience, not speed: what has to come may come slowly there.
		testTimeout: 180_000,
		hookTimeout: 180_000,
		expect: { poll: { timeout: 60_000 } }
	}
});
