"use strict";
// Unpacks plotly.js, which the page carries, and draws each figure from its data block; text is never markup.
(async () => {
  const places = [...document.querySelectorAll(".plot")];
  try {
    const packed = Uint8Array.from(atob(document.getElementById("bundle").textContent), sign => sign.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    const plots = JSON.parse(document.getElementById("plots").textContent);
    const style = getComputedStyle(document.body), rule = style.getPropertyValue("--rule").trim();
    await document.fonts.load(`13px ${style.fontFamily}`, "图");
    const clear = "rgba(0,0,0,0)";
    let drawn = 0;
    for (const {id, data, layout, links} of plots.figures) {
      const place = document.getElementById(id);
      if (layout.template === null) layout.template = structuredClone(plots.template);
      Object.assign(layout, {paper_bgcolor: clear, plot_bgcolor: clear, autosize: true, width: undefined});
      layout.font = {...layout.font, family: style.fontFamily, color: style.color};
      const looks = (layout.template.layout ??= {});
      for (const axis of ["xaxis", "yaxis"]) looks[axis] = {...looks[axis], gridcolor: rule, linecolor: rule, color: style.color};
      for (const note of layout.annotations ?? []) delete note.font?.color;
      await Plotly.newPlot(place, data, layout, {typesetMath: false, responsive: true, displaylogo: false, displayModeBar: false});
      place.on("plotly_click", ({points: [point]}) => {
        const told = point && (point.customdata ?? point.text);
        if (Object.hasOwn(links, told)) location.hash = links[told];
      });
      drawn += 1;
    }
    document.body.dataset.drawn = drawn;
  } catch (fault) {
    for (const place of places) place.remove();
    for (const still of document.querySelectorAll("details.still")) still.open = true;
    document.body.dataset.fault = String(fault);
  }
})();
