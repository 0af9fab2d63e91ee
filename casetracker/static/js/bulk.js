// Lists with tick boxes: tick all on the page, and count what is ticked in the bulk bar.
(function () {
  "use strict";

  document.querySelectorAll("[data-bulk-all]").forEach(function (all) {
    var form = all.form;
    if (!form) { return; }
    var boxes = Array.from(form.querySelectorAll("[data-bulk]"));
    var count = form.querySelector("[data-bulk-count]");

    function show() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
      if (count) { count.textContent = ticked ? "已勾选 " + ticked + " " + count.dataset.bulkCount : ""; }
    }

    all.hidden = boxes.length === 0;
    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
      show();
    });
    form.addEventListener("change", function (event) {
      if (event.target.matches("[data-bulk]")) { show(); }
    });
    window.addEventListener("pageshow", show);
    show();
  });
})();
