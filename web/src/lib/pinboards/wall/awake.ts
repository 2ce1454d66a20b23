/** Keeps the screen on until the answer is called, where the browser can. */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | undefined;
	let over = false;

	// The browser lets go of the screen whenever the page is hidden: it is asked again.
	async function hold() {
		if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
		try {
			const held = await navigator.wakeLock.request('screen');
			if (over) await held.release();
			else lock = held;
		} catch {
			// Low battery, or not allowed here: the screen goes off when it does.
		}
	}

	document.addEventListener('visibilitychange', hold);
	void hold();
	return () => {
		over = true;
		document.removeEventListener('visibilitychange', hold);
		void lock?.release();
	};
}
