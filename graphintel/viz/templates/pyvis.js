"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  function draw() {
    const nodes = new vis.DataSet(data.nodes);
    const edges = new vis.DataSet(data.edges);
    new vis.Network(document.getElementById("chart"), { nodes: nodes, edges: edges }, data.options);
  }
  // A canvas does not wait for fonts, and vis-network keeps the sizes that it measured first.
  const text = data.nodes.concat(data.edges).map(function (one) { return one.label; }).join("");
  document.fonts.load("12px " + data.options.nodes.font.face, text).then(draw, draw);
})();
