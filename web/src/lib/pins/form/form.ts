import type { Json } from '../written';
import type { Path } from './change';

/** What every field of a form shares. */
export type Form = {
	/** Change one value; undefined takes it away. */
	put: (path: Path, value: Json | undefined) => void;
	/** What the server found wrong, by the name of the place. */
	problems: ReadonlyMap<string, string>;
	/** What has no field is changed there. */
	openJson: () => void;
};
