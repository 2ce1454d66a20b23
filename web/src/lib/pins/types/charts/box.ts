/** The room a chart has, in pixels. In a tiny one only the shape is drawn. */
export interface Box {
	width: number;
	height: number;
	tiny: boolean;
	large: boolean;
}
