// Draws every [data-chart] with ECharts from its small spec (templates/components/chart.html). Colours come from the token sheet,
// the tooltip is drawn on the canvas (an HTML tooltip would break the content security policy), every mark leads to its cases.
(function () {
  "use strict";

  var drawn = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // Blue and greys: red, amber, green and violet keep their meanings. Series are told apart by dash, mark and direct label too.
  function palette() {
    return [colour("--action"), colour("--ink-3"), colour("--line-strong"), colour("--ink")];
  }

  function words(value, unit) {
    if (value === null || value === undefined) { return "—"; }
    return unit === "%" ? value.toFixed(1) + "%" : String(value);
  }

  // Names at the ends of lines that end close together are moved apart: ECharts lays these labels over one another.
  function endShifts(spec, height) {
    var all = [].concat.apply([], spec.series.map(function (one) { return one.values; })).filter(function (value) { return value !== null; });
    var least = Math.min.apply(null, all), scale = (height - 60) / (Math.max.apply(null, all) - least || 1);
    var ends = spec.series.map(function (one, index) {
      var known = one.values.filter(function (value) { return value !== null; });
      return { index: index, at: known.length ? (known[known.length - 1] - least) * scale : 0 };
    }).sort(function (one, other) { return other.at - one.at; });
    var shifts = [], place = Infinity; // downwards from the highest: rates lie together at the top, where no room is left
    ends.forEach(function (end) {
      place = Math.min(end.at, place - 16);
      shifts[end.index] = end.at - place;
    });
    return shifts;
  }

  function seriesOf(spec, height) {
    var shifts = endShifts(spec, height);
    return spec.series.map(function (one, index) {
      var dashes = ["solid", "dashed", "dotted"];
      return {
        name: one.name, type: spec.kind, data: one.values, barMaxWidth: 22, symbolSize: 7, connectNulls: false,
        symbol: ["circle", "rect", "triangle", "diamond"][index % 4], lineStyle: { width: 2, type: dashes[index % 3] },
        cursor: one.urls ? "pointer" : "default",
        label: {
          show: spec.kind === "bar" || spec.series.length === 1, color: colour("--ink-2"), fontSize: 12,
          position: spec.horizontal ? "right" : "top", formatter: function (at) { return words(at.value, spec.unit); }
        },
        endLabel: { show: spec.kind === "line" && spec.series.length > 1, color: colour("--ink"), fontSize: 12, formatter: "{a}", offset: [0, shifts[index]] },
        labelLayout: { hideOverlap: true, moveOverlap: "shiftY" }
      };
    });
  }

  function endRoom(spec) {
    if (spec.horizontal) { return 56; }
    if (spec.kind !== "line" || spec.series.length < 2) { return 16; }
    return 24 + 12 * Math.max.apply(null, spec.series.map(function (one) { return one.name.length; }));
  }

  function optionOf(spec, height) {
    var names = { type: "category", data: spec.categories, inverse: Boolean(spec.horizontal), axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-strong") } }, axisLabel: { color: colour("--ink-2") } };
    // Bars start at zero; a line may show its own range, so that a point or two of a rate can be seen.
    var lines = spec.kind === "line";
    var values = { type: "value", min: lines ? null : 0, max: spec.max || null, scale: lines, minInterval: spec.unit === "%" ? 0 : 1,
      axisLabel: { color: colour("--ink-3"), formatter: function (value) { return spec.unit === "%" ? value + "%" : String(value); } },
      splitLine: { lineStyle: { color: colour("--line") } } };
    return {
      animation: false, color: palette(), backgroundColor: "transparent",
      textStyle: { fontFamily: colour("--font"), color: colour("--ink") },
      grid: { left: 8, right: endRoom(spec), top: !lines && spec.series.length > 1 ? 36 : 24, bottom: 4, containLabel: true },
      legend: { show: !lines && spec.series.length > 1, top: 0, left: 0, itemWidth: 18, textStyle: { color: colour("--ink-2") } },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("--sheet"), borderColor: colour("--line"),
        textStyle: { color: colour("--ink"), fontSize: 13 }, valueFormatter: function (value) { return words(value, spec.unit); } },
      xAxis: spec.horizontal ? values : names, yAxis: spec.horizontal ? names : values, series: seriesOf(spec, height)
    };
  }

  function draw(place) {
    var spec = JSON.parse(place.dataset.chart);
    place.hidden = false;
    if (spec.horizontal) { place.style.height = 48 + 34 * spec.categories.length * Math.max(1, spec.series.length * 0.7) + "px"; }
    var figure = window.echarts.init(place, null, { renderer: "svg" });
    figure.setOption(optionOf(spec, place.clientHeight));
    figure.on("click", function (at) {
      var urls = spec.series[at.seriesIndex].urls;
      if (urls && urls[at.dataIndex]) { window.location.href = urls[at.dataIndex]; }
    });
    var table = place.parentElement.querySelector(".figure__table");
    if (table) { table.open = false; }
    drawn.push({ figure: figure, spec: spec });
  }

  function repaint() {
    drawn.forEach(function (one) { one.figure.setOption(optionOf(one.spec, one.figure.getHeight()), true); });
  }

  function refit() {
    drawn.forEach(function (one) { one.figure.resize(); });
  }

  // Paper has no click: the numbers are printed below the figure.
  function openTables(open) {
    document.querySelectorAll(".figure__table").forEach(function (table) { table.open = open; });
  }

  if (!window.echarts) { return; }
  document.querySelectorAll("[data-chart]").forEach(draw);
  window.addEventListener("resize", refit);
  window.addEventListener("beforeprint", function () { repaint(); refit(); openTables(true); });
  window.addEventListener("afterprint", function () { repaint(); openTables(false); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
})();
