import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		root: import.meta.dirname,
		include: ['*.e2e.ts'],
		// One browser and one server at a time: the machine that runs this is often a small one.
		fileParallelism: false,
		testTimeout: 60_000,
		hookTimeout: 60_000
	}
});
