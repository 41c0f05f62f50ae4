"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  new vis.Network(document.getElementById("chart"), { nodes: nodes, edges: edges }, data.options);
})();
