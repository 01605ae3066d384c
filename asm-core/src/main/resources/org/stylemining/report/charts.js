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
    if (chart.data.scatter) {
      drawScatter(chart);
      return;
    }
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
    var series = [{ label: data.xLabel, value: function (u, v) { return v == null ? '' : String(Math.round(v)); } }];
    data.lines.forEach(function (line) {
      var stroke = colour('--line-' + line.colour);
      series.push({
        label: line.label,
        stroke: stroke,
        width: line.strokes ? 2.5 : 2,
        dash: line.dashed ? [6, 4] : [],
        spanGaps: !line.strokes,
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
        Object.assign({ label: data.xLabel, labelSize: 20, size: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] }, axis),
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

  // pointed: where a scatter tells what the mouse is at.
  function add(holder, wide, data, pointed) {
    var chart = { holder: holder, wide: wide, data: data, pointed: pointed };
    charts.push(chart);
    draw(chart);
    return chart;
  }

  // Equal lengths on both axes, with room for the outermost points.
  function bounds(groups, width, height) {
    var least = [Infinity, Infinity], most = [-Infinity, -Infinity];
    groups.forEach(function (group) {
      [group.x, group.y].forEach(function (values, k) {
        values.forEach(function (value) {
          least[k] = Math.min(least[k], value);
          most[k] = Math.max(most[k], value);
        });
      });
    });
    var unit = 1.08 * Math.max((most[0] - least[0]) / width, (most[1] - least[1]) / height) || 1;
    return [[0, width], [1, height]].map(function (side) {
      var middle = (least[side[0]] + most[side[0]]) / 2;
      return [middle - unit * side[1] / 2, middle + unit * side[1] / 2];
    });
  }

  function star(ctx, x, y, radius) {
    ctx.beginPath();
    for (var i = 0; i < 10; i++) {
      var r = i % 2 ? 0.42 * radius : radius;
      ctx.lineTo(x + r * Math.sin(i * Math.PI / 5), y - r * Math.cos(i * Math.PI / 5));
    }
    ctx.closePath();
  }

  function drawScatter(chart) {
    var data = chart.data;
    var ratio = uPlot.pxRatio;
    var width = chart.holder.clientWidth;
    var height = Math.min(width, 440);
    var range = bounds(data.groups, width, height);
    var ground = colour('--ground');

    function ink(group) {
      return group.colour < 0 ? colour('--ink') : colour('--line-' + group.colour);
    }

    function place(u, x, y) {
      return [u.valToPos(x, 'x', true), u.valToPos(y, 'y', true)];
    }

    function paintTrails(u) {
      var ctx = u.ctx;
      ctx.save();
      ctx.strokeStyle = colour('--line-' + data.trails.colour);
      ctx.globalAlpha = 0.75;
      ctx.lineWidth = 1.2 * ratio;
      data.trails.lines.forEach(function (line) {
        ctx.beginPath();
        for (var i = 0; i < line.length; i += 2) {
          var at = place(u, line[i], line[i + 1]);
          ctx.lineTo(at[0], at[1]);
        }
        ctx.stroke();
      });
      ctx.restore();
      return null;
    }

    function paint(group) {
      return function (u) {
        var ctx = u.ctx;
        ctx.save();
        ctx.fillStyle = ctx.strokeStyle = ink(group);
        ctx.lineWidth = 1.3 * ratio;
        ctx.font = '600 ' + 11 * ratio + 'px ' + getComputedStyle(document.body).fontFamily;
        ctx.textAlign = 'center';
        ctx.textBaseline = 'middle';
        for (var i = 0; i < group.x.length; i++) {
          var at = place(u, group.x[i], group.y[i]);
          if (group.marks[i]) {
            ctx.fillText(group.marks[i], at[0], at[1]);
          } else if (group.shape === 'star') {
            star(ctx, at[0], at[1], 9 * ratio);
            ctx.fill();
            ctx.strokeStyle = ground;
            ctx.stroke();
          } else {
            ctx.beginPath();
            ctx.arc(at[0], at[1], 3 * ratio, 0, 2 * Math.PI);
            if (group.shape === 'ring') {
              ctx.stroke();
            } else {
              ctx.globalAlpha = 0.8;
              ctx.fill();
            }
          }
        }
        ctx.restore();
        return null;
      };
    }

    var series = [{}];
    var values = [null];
    if (data.trails.lines.length) {
      // It needs points to be drawn at all: the lines' first ones.
      series.push({ label: data.trails.label, class: 'trail', stroke: colour('--line-' + data.trails.colour), paths: paintTrails, points: { show: false } });
      values.push([data.trails.lines.map(function (l) { return l[0]; }), data.trails.lines.map(function (l) { return l[1]; })]);
    }
    data.groups.forEach(function (group) {
      series.push({
        label: group.label,
        class: group.shape,
        stroke: ink(group),
        paths: paint(group),
        points: { show: false }
      });
      values.push([group.x, group.y]);
    });
    chart.plot = new uPlot({
      mode: 2,
      width: width,
      height: height,
      padding: [0, 0, 0, 0],
      scales: {
        x: { time: false, range: function () { return range[0]; } },
        y: { range: function () { return range[1]; } }
      },
      legend: {
        live: false,
        markers: { fill: function (u, i) { return marker(i); } }
      },
      cursor: { show: false },
      axes: [{ show: false }, { show: false }],
      series: series
    }, values, chart.holder);

    function marker(i) {
      var first = series.length - data.groups.length;
      if (i < first) return colour('--line-' + data.trails.colour);
      var group = data.groups[i - first];
      return group.shape === 'ring' ? ground : ink(group);
    }

    chart.plot.over.addEventListener('mousemove', function (event) {
      var nearest = 14 * 14, name = '';
      data.groups.forEach(function (group, g) {
        if (!chart.plot.series[series.length - data.groups.length + g].show) return;
        for (var i = 0; i < group.x.length; i++) {
          var dx = chart.plot.valToPos(group.x[i], 'x') - event.offsetX;
          var dy = chart.plot.valToPos(group.y[i], 'y') - event.offsetY;
          if (dx * dx + dy * dy < nearest) {
            nearest = dx * dx + dy * dy;
            name = group.label + ' · ' + group.names[i];
          }
        }
      });
      chart.pointed.textContent = name;
    });
  }

  function drawAll() {
    charts.forEach(draw);
  }

  document.querySelectorAll('figure.chart').forEach(function (figure) {
    var numbers = figure.querySelector('script');
    if (numbers) add(figure.querySelector('.plot'), !figure.closest('.pair'), JSON.parse(numbers.textContent), figure.querySelector('.pointed'));
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
