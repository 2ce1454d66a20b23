export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = 'pindown-theme';

/** The colours this browser shows. `static/theme.js` sets them before the first paint. */
class Themed {
	chosen = $state<Theme>(read());

	choose(theme: Theme) {
		this.chosen = theme;
		if (theme === 'system') delete document.documentElement.dataset['theme'];
		else document.documentElement.dataset['theme'] = theme;
		try {
			if (theme === 'system') localStorage.removeItem(kept);
			else localStorage.setItem(kept, theme);
		} catch {
			// Storage is closed to us: the choice lasts as long as the page.
		}
	}
}

function read(): Theme {
	const set = document.documentElement.dataset['theme'];
	return set === 'light' || set === 'dark' ? set : 'system';
}

export const themed = new Themed();
