// Menus made of <details data-menu>: one open at a time, closed by Escape or a press outside.
(function () {
  "use strict";

  function openMenus() {
    return document.querySelectorAll("details[data-menu][open]");
  }

  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    openMenus().forEach(function (menu) {
      var held = menu.contains(document.activeElement);
      menu.open = false;
      if (held) { menu.querySelector("summary").focus(); }
    });
  });
})();
