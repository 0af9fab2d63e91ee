// 复制 for copy_block(): shows its button, copies the text, says so. Falls back to selection where the clipboard API is closed (plain http).
(function () {
  "use strict";

  function byHand(field) {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }

  function copy(field) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(field.value).then(function () { return true; }, function () { return byHand(field); });
    }
    return Promise.resolve(byHand(field));
  }

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var id = button.dataset.copy;
    var status = document.querySelector('[data-copy-status="' + id + '"]');
    button.hidden = false;
    button.addEventListener("click", function () {
      copy(document.getElementById(id)).then(function (done) {
        status.textContent = done ? "已复制" : "请按 Ctrl+C 复制选中的文字";
      });
    });
  });
})();
