// Runs before the first paint, so that a chosen theme never flashes in the other one's colours.
try {
	const theme = localStorage.getItem('pindown-theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Storage is closed to us (a private window, an embedded frame): the system's theme stays.
}
