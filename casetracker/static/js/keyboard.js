// The desk from the keyboard: rows with j/k, Enter, x; / search; n 登记; [ ] pages; ? help; Ctrl+Enter sends a form;
// in a form with data-enter-next Enter moves to the next field. Nothing happens while an input method is composing.
(function () {
  "use strict";

  var here = null;

  function rows() {
    return Array.from(document.querySelectorAll("[data-row]"));
  }

  function isTyping(element) {
    if (element.isContentEditable || element.tagName === "TEXTAREA" || element.tagName === "SELECT") { return true; }
    return element.tagName === "INPUT" && ["checkbox", "radio", "button", "submit"].indexOf(element.type) < 0;
  }

  function stand(row) {
    if (here) { here.classList.remove("is-here"); }
    here = row;
    row.classList.add("is-here");
    row.scrollIntoView({ block: "nearest" });
    var link = row.querySelector("a[data-open], a");
    if (link) { link.focus({ preventScroll: true }); }
  }

  function step(by) {
    var all = rows();
    if (!all.length) { return; }
    var at = all.indexOf(here);
    var next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    stand(all[next]);
  }

  function press(selector) {
    var target = document.querySelector(selector);
    if (target) { target.click(); }
    return Boolean(target);
  }

  function showHelp() {
    var dialog = document.getElementById("keys-help");
    if (dialog && !dialog.open) { dialog.showModal(); }
  }

  var keys = {
    j: function () { step(1); },
    k: function () { step(-1); },
    x: function () { if (here) { var box = here.querySelector("[data-bulk]"); if (box) { box.click(); } } },
    n: function () { press("[data-key-new]"); },
    "?": showHelp,
    "/": function () {
      var field = document.querySelector("[data-key-search]");
      if (field) { field.focus(); field.select(); }
    }
  };

  function sendForm(field) {
    var form = field.form || document.querySelector("main form[data-key-form]");
    if (form) { form.requestSubmit(form.querySelector(".button--primary[type=submit]") || undefined); }
  }

  function nextField(field) {
    var fields = Array.from(field.form.elements).filter(function (element) {
      return !element.disabled && element.type !== "hidden" && element.tagName !== "FIELDSET" && element.offsetParent !== null;
    });
    var next = fields[fields.indexOf(field) + 1];
    if (next) {
      next.focus();
      if (next.select && next.tagName === "INPUT") { next.select(); }
    }
  }

  function movesOn(field) {
    return field.form && field.form.hasAttribute("data-enter-next")
      && (field.tagName === "INPUT" || field.tagName === "SELECT") && ["submit", "button", "file"].indexOf(field.type) < 0;
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) { return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sendForm(target);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Enter" && movesOn(target)) {
      event.preventDefault();
      nextField(target);
      return;
    }
    if (event.key === "Escape" && isTyping(target)) { target.blur(); return; }
    if (isTyping(target) || document.querySelector("dialog[open]")) { return; }
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    } else if (event.key.length === 1 && press('[data-key="' + CSS.escape(event.key) + '"]')) {
      event.preventDefault();
    }
  });

  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-row]");
    if (row && row !== here) {
      if (here) { here.classList.remove("is-here"); }
      here = row;
      row.classList.add("is-here");
    }
  });

  document.querySelectorAll("[data-show-keys]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", showHelp);
  });
})();
