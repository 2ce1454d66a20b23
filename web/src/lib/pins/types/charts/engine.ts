/** ECharts, with the parts that our charts use and no others. Loaded with the first chart. */

import { BarChart, CandlestickChart, FunnelChart, HeatmapChart, LineChart, PieChart, RadarChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, DataZoomComponent, GridComponent, MarkLineComponent, MarkPointComponent, RadarComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
// Drawn as SVG: sharp at any size and in print, and no canvas memory for every card.
import { SVGRenderer } from 'echarts/renderers';

use([
	LineChart, BarChart, PieChart, ScatterChart, RadarChart, HeatmapChart, FunnelChart, CandlestickChart,
	GridComponent, TooltipComponent, RadarComponent, VisualMapComponent, MarkLineComponent, MarkPointComponent, DataZoomComponent, AriaComponent,
	LabelLayout, SVGRenderer
]);

export { init };
