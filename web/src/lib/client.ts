import { PindownClient } from '@pindown/client';

/** The server this page came from, as whoever is signed in on this browser, or as a visitor. */
export const client = new PindownClient({ baseUrl: location.origin });
