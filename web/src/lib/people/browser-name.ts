const browsers = [
	['Edg/', 'Edge'],
	['OPR/', 'Opera'],
	['Firefox/', 'Firefox'],
	['Chrome/', 'Chrome'],
	['Safari/', 'Safari']
] as const;

const systems = [
	['iPhone', 'iPhone'],
	['iPad', 'iPad'],
	['Android', 'Android'],
	['Windows', 'Windows'],
	['Mac OS', 'Mac'],
	['Linux', 'Linux']
] as const;

/** What a browser calls itself, as its owner would: “Chrome on Linux”. Others keep their words. */
export function browserName(agent: string): string {
	const browser = browsers.find(([mark]) => agent.includes(mark))?.[1];
	if (!browser) return agent.slice(0, 60) || 'A browser';
	const system = systems.find(([mark]) => agent.includes(mark))?.[1];
	return system ? `${browser} on ${system}` : browser;
}
