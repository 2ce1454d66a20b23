/** What the installation and the page allow drawings to fetch from elsewhere. The app sets it once. */

export const surroundings = $state({
	/** False under `PINDOWN_OUTSIDE=off`: pictures and frames of other hosts become links. */
	outside: true,
	/** Whether frames load by themselves; otherwise a click loads them. Visitors always click. */
	framesOpen: false
});
