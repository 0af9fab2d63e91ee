// Says at once what was chosen in a file field and whether it is too much (data-max-files, data-max-bytes). The server decides.
(function () {
  "use strict";

  function sizeText(bytes) {
    if (bytes >= 1048576) { return (bytes / 1048576).toFixed(1) + " MB"; }
    return Math.max(1, Math.round(bytes / 1024)) + " KB";
  }

  function complaint(field, files) {
    var maxFiles = Number(field.dataset.maxFiles || 0);
    var maxBytes = Number(field.dataset.maxBytes || 0);
    if (maxFiles && files.length > maxFiles) { return "最多选 " + maxFiles + " 个文件，现在选了 " + files.length + " 个"; }
    var big = maxBytes && files.find(function (file) { return file.size > maxBytes; });
    if (big) { return big.name + " 有 " + sizeText(big.size) + "，每个文件不能超过 " + sizeText(maxBytes); }
    return "";
  }

  function line(text, wrong) {
    var item = document.createElement("li");
    item.textContent = text;
    if (wrong) { item.className = "wrong"; }
    return item;
  }

  document.querySelectorAll("[data-upload-list]").forEach(function (place) {
    var field = document.getElementById(place.dataset.uploadList);
    field.addEventListener("change", function () {
      var files = Array.from(field.files);
      var wrong = complaint(field, files);
      var list = document.createElement("ul");
      field.setCustomValidity(wrong);
      if (wrong) { list.appendChild(line(wrong, true)); }
      files.forEach(function (file) { list.appendChild(line(file.name + " · " + sizeText(file.size), false)); });
      place.replaceChildren(list);
    });
  });
})();
