(function () {
  'use strict';
  var root = document.documentElement;
  var charts = [];

  function colour(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  function text(value) {
    if (value == null) return '';
    var size = Math.abs(value);
    return size >= 100 ? value.toFixed(0) : size >= 1 || size === 0 ? value.toFixed(2) : value.toPrecision(3);
  }

  function draw(chart) {
    if (chart.plot) chart.plot.destroy();
    var data = chart.data;
    var font = '12px ' + getComputedStyle(document.body).fontFamily;
    var axis = {
      stroke: colour('--muted'),
      grid: { stroke: colour('--grid'), width: 1 },
      ticks: { show: false },
      border: { show: false },
      font: font,
      labelFont: font
    };
    var few = data.x.length < 40;
    var series = [{ label: 'round', value: function (u, v) { return v == null ? '' : String(Math.round(v)); } }];
    data.lines.forEach(function (line) {
      var stroke = colour('--line-' + line.colour);
      series.push({
        label: line.label,
        stroke: stroke,
        width: 2,
        dash: line.dashed ? [6, 4] : [],
        spanGaps: true,
        points: { show: few, size: 5, stroke: stroke, fill: stroke },
        value: function (u, v) { return text(v); }
      });
    });
    chart.plot = new uPlot({
      width: chart.holder.clientWidth,
      height: chart.wide ? 300 : 260,
      padding: [12, 12, 0, 0],
      scales: { x: { time: false } },
      legend: { show: data.lines.length > 1 },
      cursor: { y: false, drag: { x: true, y: false } },
      axes: [
        Object.assign({ label: 'sync round', labelSize: 20, size: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] }, axis),
        Object.assign({ label: data.yLabel, labelSize: 22, size: 44 }, axis)
      ],
      series: series
    }, columns(data), chart.holder);
  }

  function columns(data) {
    return [data.x].concat(data.lines.map(function (line) { return line.values; }));
  }

  function labels(data) {
    return [data.yLabel, data.x.length < 40].concat(data.lines.map(function (line) { return line.label; })).join('|');
  }

  // For pages that go on: new numbers in a chart that is there. What a reader has zoomed to stays.
  function update(chart, data) {
    var before = chart.data;
    chart.data = data;
    if (!chart.plot || chart.plot.width !== chart.holder.clientWidth || labels(before) !== labels(data)) {
      draw(chart);
      return;
    }
    var scale = chart.plot.scales.x;
    var zoomed = scale.min > before.x[0] || scale.max < before.x[before.x.length - 1];
    var shown = { min: scale.min, max: scale.max };
    chart.plot.setData(columns(data), !zoomed);
    if (zoomed) chart.plot.setScale('x', shown);
  }

  function add(holder, wide, data) {
    var chart = { holder: holder, wide: wide, data: data };
    charts.push(chart);
    draw(chart);
    return chart;
  }

  function drawAll() {
    charts.forEach(draw);
  }

  document.querySelectorAll('figure.chart').forEach(function (figure) {
    var numbers = figure.querySelector('script');
    if (numbers) add(figure.querySelector('.plot'), !figure.closest('.pair'), JSON.parse(numbers.textContent));
  });

  window.asmCharts = { add: add, update: update };

  var width = window.innerWidth;
  window.addEventListener('resize', function () {
    if (window.innerWidth !== width) {
      width = window.innerWidth;
      drawAll();
    }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  // Paper is light, whatever the screen is.
  window.addEventListener('beforeprint', function () { root.classList.add('paper'); drawAll(); });
  window.addEventListener('afterprint', function () { root.classList.remove('paper'); drawAll(); });
})();
