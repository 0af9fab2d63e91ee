// Advice beside a form. Fields inside [data-suggest-url] are posted, a moment after typing stops, and the HTML that comes back
// goes into the element with the id in data-suggest-target. Focus never moves; 采用 fills fields only when pressed.
(function () {
  "use strict";

  var DELAY_MS = 350;

  function token() {
    var meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? meta.content : "";
  }

  function formOf(area) { return area.tagName === "FORM" ? area : area.closest("form"); }

  function textOf(form) {
    var data = new FormData(form);
    Array.from(form.elements).forEach(function (element) {
      if (element.name && (element.type === "file" || element.type === "password")) { data.delete(element.name); }
    });
    data.delete("csrf_token");
    return new URLSearchParams(data).toString();
  }

  function Adviser(area) {
    var target = document.getElementById(area.dataset.suggestTarget);
    var status = document.querySelector('[data-suggest-status="' + area.dataset.suggestTarget + '"]');
    var watched = (area.dataset.suggestFields || "").split(" ").filter(Boolean);
    var timer = null;
    var running = null;
    var last = "";

    function say(text) { if (status) { status.textContent = text; } }

    function ask() {
      var body = textOf(formOf(area));
      if (body === last) { return; }
      last = body;
      if (running) { running.abort(); }
      running = new AbortController();
      fetch(area.dataset.suggestUrl, {
        method: "POST", body: body, credentials: "same-origin", signal: running.signal,
        headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-CSRFToken": token(), "X-Requested-With": "fetch" }
      }).then(function (answer) {
        if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
        return answer.text();
      }).then(function (html) {
        target.innerHTML = html;
        wake(target);
        var summary = target.querySelector("[data-summary]");
        say(summary ? summary.dataset.summary : "");
      }).catch(function (error) {
        if (error.name !== "AbortError") { last = ""; say("暂时取不到提示，不影响登记"); }
      });
    }

    function onChange(event) {
      if (event.isComposing || (watched.length && watched.indexOf(event.target.name) < 0)) { return; }
      clearTimeout(timer);
      timer = setTimeout(ask, DELAY_MS);
    }

    ["input", "change", "compositionend"].forEach(function (name) { area.addEventListener(name, onChange); });
  }

  // The first nine can be taken by Alt and a digit, so that hands stay on the keys.
  function wake(root) {
    root.querySelectorAll("[data-fill]").forEach(function (button, at) {
      button.hidden = false;
      if (at > 8 || button.hasAttribute("aria-keyshortcuts")) { return; }
      var key = document.createElement("kbd");
      key.textContent = "Alt+" + (at + 1);
      key.setAttribute("aria-hidden", "true");
      button.setAttribute("aria-keyshortcuts", "Alt+" + (at + 1));
      button.before(key);
    });
  }

  document.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || !/^Digit[1-9]$/.test(event.code)) { return; }
    var button = document.querySelector('[aria-keyshortcuts="Alt+' + event.code.slice(5) + '"]');
    if (button) { event.preventDefault(); button.click(); }
  });

  function fill(form, name, value) {
    var field = form.elements[name];
    if (!field) { return; }
    field.value = value;
    if (field.closest && field.closest("details")) { field.closest("details").open = true; }
    var element = field instanceof RadioNodeList ? form.querySelector('[name="' + CSS.escape(name) + '"]:checked') : field;
    if (element) { element.dispatchEvent(new Event("change", { bubbles: true })); }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fill]");
    if (!button) { return; }
    var form = document.querySelector("form[data-suggest-url], form:has([data-suggest-url])");
    var values = JSON.parse(button.dataset.fill);
    if (form) { Object.keys(values).forEach(function (name) { fill(form, name, values[name]); }); }
  });

  document.querySelectorAll("[data-suggest-url]").forEach(Adviser);
  wake(document);
})();
