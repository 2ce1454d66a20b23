/** How urgent an alert is, when a pin is one and says so; it colours the whole card. */
export function levelOf(view: { pin_type: string; pin_config: unknown } | undefined) {
	if (view?.pin_type !== 'alert-action') return undefined;
	const config = view.pin_config;
	if (typeof config !== 'object' || config === null || !('level' in config)) return undefined;
	return typeof config.level === 'string' ? config.level : undefined;
}
