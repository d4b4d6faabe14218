/* Tributary tracker. <script async src="https://TRACKER/t.js"></script>; docs/tracker.md says what it keeps and sends. */
(function (w, d, n) {
  'use strict';
  if (w.tributary) return;
  var CLICK = 'trb_click', VISITOR = 'trb_visitor', DEFAULT_DAYS = 30, TEXT = 512, RETRY = 2000;
  var ADS = ['gclid', 'gbraid', 'wbraid', 'dclid', 'fbclid', 'msclkid', 'ttclid', 'twclid', 'li_fat_id', 'epik'];
  var tag = d.currentScript || d.querySelector('script[src*="/t.js"]');
  var held = {}, optedOut = n.globalPrivacyControl === true, domain;

  // Our ids are TypeIDs of this kind and nothing else, so another network's click_id is never taken for ours.
  function id(kind, text) {
    return new RegExp('^' + kind + '_[0-7][0-9a-hjkmnp-tv-z]{25}$').test(text) ? text : null;
  }

  function read(name) {
    try {
      var found = d.cookie.match('(?:^|; )' + name + '=([^;]*)');
      return id(name === CLICK ? 'clk' : 'vis', found ? found[1] : held[name]);
    } catch (e) {
      return held[name] || null;
    }
  }

  function put(name, value, on, days) {
    d.cookie = name + '=' + value + ';path=/;max-age=' + days * 86400 + ';samesite=lax' +
      (on ? ';domain=' + on : '') + (location.protocol === 'https:' ? ';secure' : '');
  }

  // The widest domain that takes a cookie: public suffixes refuse, so this is the registrable one. '' = this host alone.
  function widest() {
    var labels = location.hostname.split('.');
    for (var i = labels.length - 2; i >= 0; i--) {
      var on = labels.slice(i).join('.');
      put('trb_probe', 1, on, 1);
      var taken = /(^|; )trb_probe=1/.test(d.cookie);
      put('trb_probe', 1, on, 0);
      if (taken) return on;
    }
    return '';
  }

  function keep(name, value, days) {
    held[name] = value;
    try {
      if (domain === undefined) domain = widest();
      put(name, value || '', domain, value ? days : 0);
    } catch (e) {}
  }

  function obey(answer) {
    if (optedOut && answer.honorGpc) {
      [CLICK, VISITOR].forEach(function (name) { if (read(name)) keep(name, null); });
      return;
    }
    // No click id, because the link is paused, say: then an earlier click stays.
    if (answer.clickId) keep(CLICK, answer.clickId, answer.windowDays);
    if (answer.visitorId) keep(VISITOR, answer.visitorId, answer.windowDays);
  }

  function post(event, again) {
    return fetch(tag.src.replace(/\/t\.js.*$/, '/api/track/click'), {
      method: 'POST', body: JSON.stringify(event), keepalive: true, credentials: 'omit'
    }).then(function (response) {
      if (response.status > 499) throw response.status;
      return response.json().then(function (answer) {
        if (response.ok) obey(answer);
        else console.warn('tributary: ' + answer.detail);
      });
    }).catch(function (e) {
      if (!again) throw e;
      return new Promise(function (resolve) { setTimeout(resolve, RETRY); }).then(function () { return post(event); });
    });
  }

  function start() {
    var query = new URLSearchParams(location.search), ref = query.get('ref'), given = query.get('click_id');
    var click = id('clk', given), entry = performance.getEntriesByType('navigation')[0];
    if (!ref) {
      // Without a code there is no program to ask, so a visitor who opted out keeps nothing.
      if (click && !optedOut) keep(CLICK, click, DEFAULT_DAYS);
      return;
    }
    // Coming back to a page, or reloading it, is no new click.
    if (!click && read(CLICK) && entry && entry.type !== 'navigate') return;
    var event = { ref: ref, landingPage: (location.origin + location.pathname).slice(0, 2 * TEXT) };
    function add(name, value) { if (value) event[name] = value; }
    ['src', 'sub1', 'sub2', 'sub3', 'sub4', 'sub5'].forEach(function (name) { add(name, query.get(name)); });
    add('referrer', d.referrer.split(/[?#]/)[0].slice(0, TEXT));
    add('externalClickId', click ? null : (query.get('ext_click_id') || given));
    ADS.forEach(function (name) {
      var value = query.get(name);
      if (value) (event.adParams = event.adParams || {})[name] = value.slice(0, TEXT);
    });
    add('clickId', click);
    add('gpc', optedOut);
    // A visitor who opted out: nothing is sent that tells them apart, nothing is kept before the server says so.
    if (!optedOut) {
      add('visitorId', read(VISITOR));
      if (click) keep(CLICK, click, DEFAULT_DAYS);
    }
    return post(event, true);
  }

  var api = w.tributary = {
    clickId: function () { return read(CLICK); },
    visitorId: function () { return read(VISITOR); }
  };
  try {
    // A page that is rendered ahead of the visitor's decision is no visit yet.
    api.ready = new Promise(function (resolve) {
      if (d.prerendering) d.addEventListener('prerenderingchange', resolve, { once: true });
      else resolve();
    }).then(start).catch(function () {}).then(api.clickId);
  } catch (e) {}
})(window, document, navigator);
