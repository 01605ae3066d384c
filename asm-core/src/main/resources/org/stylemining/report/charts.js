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
    }, [data.x].concat(data.lines.map(function (line) { return line.values; })), chart.holder);
  }

  function drawAll() {
    charts.forEach(draw);
  }

  document.querySelectorAll('figure.chart').forEach(function (figure) {
    charts.push({
      holder: figure.querySelector('.plot'),
      wide: !figure.closest('.pair'),
      data: JSON.parse(figure.querySelector('script').textContent)
    });
  });
  drawAll();

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
