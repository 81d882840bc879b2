// A chart is a <div data-chart="id of a json script">; the script holds {kind, x, series, unit}.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, LegendScrollComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, LegendScrollComponent, TooltipComponent, SVGRenderer]);

interface Chart {
  kind: "bar" | "line";
  x: string[];
  series: { name: string; values: (number | null)[] }[];
  stacked?: boolean;
}

export function draw(element: HTMLElement): void {
  const source = document.getElementById(element.dataset["chart"] ?? "");
  if (!source || element.dataset["drawn"]) return;
  element.dataset["drawn"] = "";
  const data = JSON.parse(source.textContent ?? "{}") as Chart;
  const chart = echarts.init(element, undefined, { renderer: "svg" });
  chart.setOption({
    animation: false,
    aria: { enabled: true },
    tooltip: { trigger: "axis", renderMode: "richText" },
    legend: { show: data.series.length > 1, top: 0, type: "scroll" },
    grid: { left: 48, right: 16, top: 32, bottom: 32 },
    xAxis: { type: "category", data: data.x },
    yAxis: { type: "value" },
    series: data.series.map((each) => ({
      type: data.kind,
      showSymbol: false,
      name: each.name,
      data: each.values,
      ...(data.stacked ? { stack: "all" } : {}),
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(element);
}
