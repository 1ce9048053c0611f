"use strict";
// Tables of the page as files: made from what the page shows when they are asked for, nothing is fetched.
(() => {
  const say = document.body.dataset;
  const words = cell => cell.textContent.replace(/\s+/g, " ").trim();
  const plain = text => (/^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text);
  const isNumber = text => /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text);

  // What a container shows: a chart's figures with their bounds, else its tables as they stand.
  function rowsOf(place) {
    const told = [...place.querySelectorAll("[data-b]")];
    if (told.length) {
      return [say.columns.split("|"), ...told.map(cell => {
        const row = cell.parentNode, table = row.closest("table"), grid = table.className === "grid";
        const [lower, upper] = cell.dataset.b.split(",");
        const head = grid ? words(table.tHead.rows[0].cells[cell.cellIndex]) : "";
        const panel = table.caption ? words(table.caption) : "";
        return [panel, words(row.cells[0]), head, words(cell), lower, upper, place.dataset.unit || ""];
      })];
    }
    const found = [];
    for (const table of place.querySelectorAll("table:not(.bars)")) {
      const report = table.dataset.report;
      for (const row of table.rows) {
        if (row.className === "q" || (found.length && row.parentNode === table.tHead && report !== undefined)) continue;
        const cells = [...row.cells].map(words);
        found.push(report === undefined ? cells : [row.parentNode === table.tHead ? "report_id" : report, ...cells]);
      }
    }
    return found;
  }

  // A cell that a spreadsheet could take for a formula is marked as text; numbers stay numbers.
  function csv(rows) {
    const cell = text => {
      text = plain(text);
      if (!isNumber(text) && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text)) text = "'" + text;
      return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
    };
    return new Blob(["\uFEFF" + rows.map(row => row.map(cell).join(",") + "\r\n").join("")], {type: "text/csv"});
  }

  function xlsx(sheets) {
    const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
    const space = "http://schemas.openxmlformats.org/", main = space + "spreadsheetml/2006/main";
    const relations = space + "package/2006/relationships", office = space + "officeDocument/2006/relationships";
    const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    const safe = text => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
      .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
    const cell = text => isNumber(plain(text)) ? `<c><v>${plain(text)}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${safe(text)}</t></is></c>`;
    const names = sheets.map(([name], at) => safe(name.replace(/[[\]:*?/\\']/g, " ").slice(0, 28) || `${at + 1}`));
    const each = make => names.map((name, at) => make(name, at + 1)).join("");
    const parts = {
      "[Content_Types].xml": `<Types xmlns="${space}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${kind}worksheet+xml"/>`)}</Types>`,
      "_rels/.rels": `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${relations}">${each((_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    };
    sheets.forEach(([, rows], at) => {
      parts[`xl/worksheets/sheet${at + 1}.xml`] = `<worksheet xmlns="${main}"><sheetData>${rows.map(row => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`;
    });
    return zip(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(head + text)]));
  }

  const crcs = Uint32Array.from({length: 256}, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  function crc(bytes) {
    let sum = -1;
    for (const byte of bytes) sum = crcs[(sum ^ byte) & 255] ^ (sum >>> 8);
    return ~sum >>> 0;
  }
  function zip(files) {
    const numbers = (...pairs) => {
      const bytes = new DataView(new ArrayBuffer(pairs.reduce((sum, [, size]) => sum + size, 0)));
      let at = 0;
      for (const [value, size] of pairs) {
        size === 2 ? bytes.setUint16(at, value, true) : bytes.setUint32(at, value, true);
        at += size;
      }
      return new Uint8Array(bytes.buffer);
    };
    const parts = [], entries = [];
    let at = 0, size = 0;
    for (const [name, bytes] of files) {
      const called = new TextEncoder().encode(name);
      const facts = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x5821, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [called.length, 2], [0, 2]];
      const local = [numbers([0x04034B50, 4], ...facts), called, bytes];
      entries.push(numbers([0x02014B50, 4], [20, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), called);
      parts.push(...local);
      at += local.reduce((sum, part) => sum + part.length, 0);
    }
    for (const entry of entries) size += entry.length;
    const end = numbers([0x06054B50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]);
    return new Blob([...parts, ...entries, end], {type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"});
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${document.title} ${name}`.replace(/[\\/:*?"<>|\u0000-\u001F]/g, "-").slice(0, 120);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
  function button(words, label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", `${label} ${words}`);
    made.addEventListener("click", act);
    return made;
  }

  const places = [...document.querySelectorAll("[data-name]")].filter(place => place.querySelector("table"));
  for (const place of places) {
    const name = place.dataset.name;
    const tools = document.createElement("span");
    tools.className = "tools";
    tools.append(
      button(say.csv, name, () => save(csv(rowsOf(place)), `${name}.csv`)),
      button(say.xlsx, name, () => save(xlsx([[name, rowsOf(place)]]), `${name}.xlsx`)),
    );
    (place.querySelector("figcaption") || place.querySelector("caption, h2") || place).append(tools);
  }
  for (const tools of document.querySelectorAll("[data-all]:not(body)")) {
    if (places.length) tools.append(button(say.all, "", () => save(xlsx(places.map(place => [place.dataset.name, rowsOf(place)])), `${say.xlsx}.xlsx`)));
  }
})();
