// A form is sent once: after the first press its buttons rest and a live region says so.
// They wake again when the page is shown from the back-forward cache. data-once="off" leaves a form alone (downloads, dialogs).
(function () {
  "use strict";

  var live = null;

  function say(text) {
    if (!live) {
      live = document.createElement("div");
      live.className = "visually-hidden";
      live.setAttribute("role", "status");
      document.body.appendChild(live);
    }
    live.textContent = text;
  }

  function isGuarded(form) {
    return form.method === "post" && form.dataset.once !== "off";
  }

  function buttonsOf(form) {
    return Array.from(form.elements).filter(function (element) { return element.type === "submit"; });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!isGuarded(form) || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    // After this turn, so that the pressed button's own name and value still travel with the form.
    setTimeout(function () {
      buttonsOf(form).forEach(function (button) { button.disabled = true; });
      say("正在提交，请稍候");
    }, 0);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      buttonsOf(form).forEach(function (button) { button.disabled = false; });
    });
    say("");
  });

  // After a refused form, the list of errors is where reading goes on.
  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.querySelector("[data-focus]");
    if (summary) { summary.focus(); }
  });
})();
