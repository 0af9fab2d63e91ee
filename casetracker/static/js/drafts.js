// Nothing typed is ever lost: a form with data-draft-url posts its fields there a few seconds after each change,
// when the page is hidden, and again when the network returns. The server keeps the draft and puts it back; nothing is kept in the browser.
(function () {
  "use strict";

  var DELAY_MS = 3000;
  var RETRY_MS = 8000;

  function token() {
    var meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? meta.content : "";
  }

  function fieldsOf(form) {
    var data = new FormData(form);
    Array.from(form.elements).forEach(function (element) {
      if (element.name && (element.type === "file" || element.type === "password")) { data.delete(element.name); }
    });
    data.delete("csrf_token");
    return new URLSearchParams(data);
  }

  function clockText() {
    return new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  }

  function Keeper(form) {
    var status = form.querySelector("[data-draft-status]");
    var last = fieldsOf(form).toString();
    var timer = null;
    var sending = false;

    function say(text, failed) {
      if (!status) { return; }
      status.textContent = text;
      status.classList.toggle("draft--failed", Boolean(failed));
    }

    // A pending save is not put off by further typing: whoever writes without a pause is saved all the same.
    function later(delay) {
      if (timer) { return; }
      timer = setTimeout(function () { timer = null; save(); }, delay);
    }

    function isDirty() { return fieldsOf(form).toString() !== last; }

    function save(leaving) {
      var body = fieldsOf(form).toString();
      if (body === last || form.dataset.sent || (sending && leaving !== true)) { return; }
      sending = true;
      fetch(form.dataset.draftUrl, {
        method: "POST", body: body, credentials: "same-origin", keepalive: leaving === true && body.length < 60000,
        headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-CSRFToken": token(), "X-Requested-With": "fetch" }
      }).then(function (answer) {
        if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
        last = body;
        say("已暂存 " + clockText());
      }).catch(function () {
        say("还没有暂存上，正在重试，请先不要关闭本页", true);
        later(RETRY_MS);
      }).finally(function () {
        sending = false;
        if (isDirty()) { later(DELAY_MS); }
      });
    }

    form.addEventListener("input", function () { later(DELAY_MS); });
    form.addEventListener("change", function () { later(DELAY_MS); });
    window.addEventListener("online", function () { save(); });
    window.addEventListener("pagehide", function () { save(true); });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") { save(true); }
    });
    window.addEventListener("beforeunload", function (event) {
      if (status && status.classList.contains("draft--failed") && isDirty() && !form.dataset.sent) { event.preventDefault(); }
    });
  }

  document.querySelectorAll("form[data-draft-url]").forEach(Keeper);
})();
