import type { Pin, PinView } from '@pindown/client';

/** A pin that was just read, as a viewer of it would see it. */
export function viewOf(pin: Pin): PinView {
	return {
		...pin,
		title: pin.rendered_title,
		pin_config: pin.rendered ?? pin.pin_config
	};
}
