(function () {
  'use strict';
  var head = document.getElementById('head');
  var trouble = document.getElementById('trouble');
  var every = 1000 * Number(head.dataset.every);
  var PATIENCE = 30000;
  var charts = {};
  var html = {};
  var versions = {};
  var heard = null;
  var timer = null;

  function ask(path) {
    return fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) }).then(function (answer) {
      if (answer.ok) return answer;
      return answer.text().then(function (text) { throw new Error(text.trim()); });
    });
  }

  // Times come in UTC and are shown in the reader's own zone, with the day where it is not today.
  function localTimes(element) {
    element.querySelectorAll('time').forEach(function (time) {
      var at = new Date(time.dateTime);
      var today = at.toDateString() === new Date().toDateString();
      time.textContent = clock(at, today);
      time.title = at.toString();
    });
  }

  function clock(at, today) {
    var two = function (number) { return String(number).padStart(2, '0'); };
    var day = today ? '' : at.getFullYear() + '-' + two(at.getMonth() + 1) + '-' + two(at.getDate()) + ' ';
    return day + two(at.getHours()) + ':' + two(at.getMinutes());
  }

  function put(element, name, text) {
    if (html[name] === text) return;
    html[name] = text;
    element.innerHTML = text;
    localTimes(element);
  }

  function show(state) {
    document.title = (state.run.stage === 'running' ? state.run.round + '/' + state.run.rounds + ' · ' : '') +
      state.title + ' · Adversarial Style Mining';
    document.querySelectorAll('[data-html]').forEach(function (element) {
      var name = element.dataset.html;
      if (name in state.html) put(element, name, state.html[name]);
    });
    put(head, 'head', state.html.head);
    document.querySelectorAll('[data-chart]').forEach(function (figure) {
      showChart(figure, state.charts[figure.dataset.chart]);
    });
    document.querySelectorAll('main > section').forEach(function (section) {
      var full = section.querySelector('[data-chart]:not([hidden]), [data-html]:not(:empty)');
      section.hidden = !full;
    });
    // Drawn when their places are seen, since they are as wide as these.
    document.querySelectorAll('[data-chart]:not([hidden])').forEach(function (figure) {
      var name = figure.dataset.chart;
      var data = state.charts[name];
      var text = JSON.stringify(data);
      if (!charts[name]) charts[name] = { chart: asmCharts.add(figure.querySelector('.plot'), false, data), text: text };
      else if (charts[name].text !== text) {
        charts[name].text = text;
        asmCharts.update(charts[name].chart, data);
      }
    });
    return Promise.all(Object.keys(state.versions).map(function (name) {
      if (versions[name] === state.versions[name]) return null;
      return ask(name + '.html').then(function (answer) { return answer.text(); }).then(function (text) {
        versions[name] = state.versions[name];
        put(document.querySelector('[data-html="' + name + '"]'), name, text);
      });
    }));
  }

  function showChart(figure, data) {
    figure.hidden = !data;
    if (!data) return;
    var caption = figure.querySelector('figcaption');
    caption.textContent = data.title;
    if (data.remark) {
      var remark = document.createElement('span');
      remark.textContent = data.remark;
      caption.append(' ', remark);
    }
    figure.querySelector('.plot').setAttribute('aria-label', data.title);
  }

  function tell(error) {
    var what = error instanceof TypeError || error.name === 'TimeoutError'
      ? 'No answer from bin/asm watch: it has ended, or cannot be reached.'
      : error.message;
    trouble.textContent = what + (heard ? ' What is shown is from ' + clock(heard, true) + '.' : '') + ' It is asked again.';
    trouble.hidden = false;
  }

  function poll() {
    timer = null;
    ask('state.json')
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        heard = new Date();
        return show(state);
      })
      .then(function () { trouble.hidden = true; }, tell)
      .then(function () {
        if (!document.hidden) timer = setTimeout(poll, every);
      });
  }

  // Nobody looks: nothing is asked until somebody does.
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden && timer === null) poll();
  });
  poll();
})();
