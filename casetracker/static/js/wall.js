// Keeps the wall fresh: fetches this very page and puts its figures in place of the old ones, so that nothing flickers.
// When the answer does not come, the old figures stay, with the time they are of.
(function () {
  "use strict";

  function refresh() {
    var main = document.querySelector("[data-wall]");
    fetch(main.dataset.wall, { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-wall]");
      if (!fresh) { throw new Error("no wall"); }
      main.replaceWith(fresh);
    }).catch(function () {
      document.querySelector("[data-wall-broken]").hidden = false;
    });
  }

  var main = document.querySelector("[data-wall]");
  if (main) { window.setInterval(refresh, 1000 * Number(main.dataset.wallEvery)); }
})();
