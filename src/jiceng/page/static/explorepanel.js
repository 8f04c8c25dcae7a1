// Around the explorer's canvas: filters, legend and tools, and the panel for a node or a path.

function exploreView(root) {
  const old = document.getElementById("explorer-canvas");
  if (old && root.dataset.language === language && root.contains(old)) {
    fill(root.querySelector(".filters-place"), filterBar(), exploreState());
    updateExplorer();
    return;
  }
  const canvas = h("div", { id: "explorer-canvas", class: "canvas", tabindex: "0", role: "application", "aria-label": `${t("exploreTitle")}。${t("exploreKeys")}`,
    onkeydown: exploreKeys });
  root.dataset.language = language;
  fill(root, h("h2", null, t("exploreTitle")), h("div", { class: "filters-place" }, filterBar(), exploreState()),
    h("div", { class: "canvas-place" }, canvas, h("div", { id: "tip", class: "tip", hidden: true, "aria-hidden": "true" })), exploreTools());
  if (explorer.drawing) explorer.drawing._destructor();
  buildExplorer(canvas);
  updateExplorer();
  watchExplorer(canvas);
}

/** What the reader has changed, each with a way back. */
function exploreState() {
  const graph = wholeGraph();
  const name = (id) => (graph.nodes.has(id) ? shorten(graphLabel(graph.nodes.get(id)), 16) : id);
  const pill = (text, changes) => h("a", { class: "pill", href: linkWith(changes), "aria-label": `${t("takeBack")} ${text}` }, data(text), " ×");
  const roots = listOf(state.e);
  const hidden = listOf(state.x);
  return h("div", { class: "filters" },
    roots.length ? pill(`${t("around")} ${roots.map(name).join("、")}`, { e: null }) : null,
    hidden.length ? pill(t("hiddenN", { n: hidden.length }), { x: null }) : null,
    state.pin ? pill(t("pinnedN", { n: pinsOf(state.pin).size }), { pin: null }) : null,
    state.from ? pill(`${t("pathFrom")} ${name(state.from)}`, { from: null, to: null }) : null,
    state.to ? pill(`${t("pathTo")} ${name(state.to)}`, { to: null }) : null,
    state.from && state.to && !pathShown().length ? h("span", { class: "note" }, t("noPath")) : null);
}

function exploreTools() {
  const button = (label, action) => h("button", { type: "button", class: "small", onclick: action }, label);
  return h("div", { class: "legend" },
    h("span", null, h("i", { class: "dot" }), t("district")),
    h("span", null, h("i", { class: "dot mechanism" }), t("legendMechanism")),
    h("span", null, h("i", { class: "square" }), t("legendNumbers")),
    h("span", null, h("i", { class: "diamond" }), t("organisation")),
    h("span", null, h("i", { class: "triangle" }), t("legendOthers")),
    h("span", null, h("i", { class: "upright" }), t("tier_chain")),
    h("span", null, t("legendMiddle")),
    button("+", () => zoomExplorer(1.4)), button("−", () => zoomExplorer(1 / 1.4)), button(t("fit"), () => fitExplorer()),
    button("PNG", saveExplorer), button("SVG", () => saveText("jiceng.svg", "image/svg+xml", explorerSvg())), factDownloads());
}

function zoomExplorer(factor) {
  explorer.drawing.zoom(explorer.drawing.zoom() * factor, 120);
}

/** Arrows move to the nearest node in sight, Enter opens it, + and - come near, e shows its surroundings, Delete hides. */
function exploreKeys(event) {
  const id = explorer.focus || state.n;
  if (event.key === "+" || event.key === "-") return zoomExplorer(event.key === "+" ? 1.4 : 1 / 1.4);
  if (event.key === "Enter" && explorer.focus) return void (location.hash = linkWith({ n: explorer.focus, f: null }));
  if (event.key === "Delete" && id) return void (location.hash = linkWith({ x: listText([...listOf(state.x), id]), n: null }));
  if (event.key === "e" && id) return void (location.hash = linkWith({ e: listText(distinct([...listOf(state.e), id])), n: id }));
  if (!ARROWS[event.key]) return undefined;
  event.preventDefault();
  const at = explorer.view.byId.get(id);
  const places = explorer.view.nodes.filter(visibleNode).map((copy) => [copy.id, copy]);
  const best = nearestAlong(places, at, ARROWS[event.key]);
  if (best) {
    explorer.focus = best;
    announce(tipText(explorer.view.byId.get(best).of));
    explorer.drawing.nodeCanvasObject(drawNode);
  }
  return undefined;
}

function watchExplorer(canvas) {
  let [width, height] = [canvas.clientWidth, canvas.clientHeight];
  new ResizeObserver(() => {
    if (!canvas.isConnected || !canvas.clientWidth || (canvas.clientWidth === width && canvas.clientHeight === height)) return;
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    explorer.drawing.width(width).height(height);
    fitExplorer();
  }).observe(canvas);
}

// --- the panel ------------------------------------------------------------------------------------------

const MOST_LISTED = 80;

function nodePanel(id) {
  const node = wholeGraph().nodes.get(id);
  if (!node) return h("p", null, t("noneFound"));
  const facts = node.facts.filter(passesFilters);
  return h("article", null, h("p", { class: "over" }, t(node.kind), node.type ? [" · ", typeName(node.type)] : null),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(shorten(graphLabel(node), 400))),
    h("p", { class: "note" }, node.kind === "district" ? t("facts", { n: node.facts.length }) : t("districtsN", { n: node.near.length })),
    nodeActions(node),
    node.kind === "district" ? [h("p", null, h("a", { class: "button", href: link({ view: "district", d: node.ref }) }, t("sheet"))), factsByKind(facts)]
      : factsByDistrict(facts));
}

function nodeActions(node) {
  const roots = listOf(state.e);
  const pins = pinsOf(state.pin);
  const copy = explorer.view && explorer.view.byId.get(node.id);
  const without = new Map([...pins].filter(([id]) => id !== node.id));
  const action = (text, changes) => h("li", null, h("a", { class: "button small", href: linkWith(changes) }, text));
  return h("ul", { class: "actions" },
    action(t("onlyNear"), { e: listText([node.id]), from: null, to: null }),
    roots.length && !roots.includes(node.id) ? action(t("expand"), { e: listText([...roots, node.id]) }) : null,
    roots.length > 1 && roots.includes(node.id) ? action(t("fold"), { e: listText(roots.filter((id) => id !== node.id)) }) : null,
    action(t("hide"), { x: listText([...listOf(state.x), node.id]), n: null }),
    pins.has(node.id) ? action(t("unpin"), { pin: pinsText(without) })
      : copy ? action(t("pin"), { pin: pinsText(new Map([...pins, [node.id, [Math.round(copy.x), Math.round(copy.y)]]])) }) : null,
    action(t("pathHere"), { from: node.id, to: null }),
    state.from && state.from !== node.id ? action(t("pathToHere"), { to: node.id, e: null }) : null);
}

function factsByKind(facts) {
  return [...groupBy(facts, (fact) => fact.kind)].map(([kind, found]) => part(t(kind), found.length,
    h("ul", { class: "tags" }, found.slice(0, MOST_LISTED).map((fact) => h("li", null, factLink(fact, factText(fact))))),
    found.length > MOST_LISTED ? h("p", { class: "note" }, t("shown", { n: MOST_LISTED })) : null));
}

function factText(fact) {
  return fact.kind === "measurement" ? `${fact.label} ${quantity(fact)}` : fact.label;
}

function factsByDistrict(facts) {
  return facts.slice(0, MOST_LISTED).map((fact) => h("section", { class: "use" }, h("h3", null, districtLink(fact.division)),
    h("p", null, factLink(fact, factText(fact))), excerptsOf(fact)));
}

/** A path in words: each step with the facts that it rests on. */
function pathPanel(path) {
  const steps = path.slice(1).map((node, i) => node.near.find((edge) => otherEnd(edge, node) === path[i]));
  return h("article", null, h("p", { class: "over" }, t("pathTitle")),
    h("h2", { id: "panel-title", tabindex: "-1" }, data(`${shorten(graphLabel(path[0]), 40)} → ${shorten(graphLabel(path[path.length - 1]), 40)}`)),
    h("p", { class: "note" }, t("stepsN", { n: steps.length })),
    h("ol", { class: "path" }, path.map((node, i) => h("li", null,
      i ? h("ul", { class: "tags" }, steps[i - 1].facts.slice(0, 5).map((fact) => h("li", null, factLink(fact, factText(fact))))) : null,
      h("a", { href: linkWith({ n: node.id, from: null, to: null }) }, t(node.kind), " ", data(shorten(graphLabel(node), 60)))))));
}

// --- taking away ----------------------------------------------------------------------------------------

/** The facts of what the explorer shows: of the selected node, or of all that is drawn. */
function exploredFacts() {
  const node = wholeGraph().nodes.get(state.n);
  if (node) return node.facts.filter(passesFilters);
  const { kept } = nodesAsked();
  const drawn = new Set(wholeGraph().edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)).flatMap((edge) => edge.facts));
  return DATA.facts.filter((fact) => drawn.has(fact) && passesFilters(fact));
}

function saveExplorer() {
  savePng(explorer.root.querySelector("canvas"), explorer.ink.background);
}

/** What is drawn, whole, as SVG. */
function explorerSvg() {
  const { nodes, links, discs } = explorer.view;
  const marks = [];
  const rows = namesShown(explorer.scale);
  for (const { node, radius } of discs) marks.push(svg("circle", { cx: node.x, cy: node.y, r: radius, fill: explorer.ink.district, "fill-opacity": 0.08 }));
  for (const each of links) {
    const colour = linkColour(each);
    marks.push(svg("path", { d: `M${each.source.x} ${each.source.y}L${each.target.x} ${each.target.y}`, stroke: colour, fill: "none", "stroke-width": 0.8 }));
  }
  for (const copy of nodes) marks.push(svgShape(copy));
  const size = LABEL / explorer.scale;
  for (const { label, x, y } of rows) {
    marks.push(svg("text", { x, y: y + size, "text-anchor": "middle", "font-size": size, fill: explorer.ink.text, stroke: explorer.ink.background,
      "stroke-width": size / 4, "paint-order": "stroke" }, xmlText(label)));
  }
  const all = [...nodes.map((copy) => [copy.x, copy.y, copy.of.size]), ...discs.map(({ node, radius }) => [node.x, node.y, radius])];
  const edge = (pick, best) => all.reduce((sum, each) => best(sum, pick(each)), pick(all[0] || [0, 0, 0]));
  const [left, top] = [edge(([x, , r]) => x - r, Math.min) - 40, edge(([, y, r]) => y - r, Math.min) - 40];
  const [right, bottom] = [edge(([x, , r]) => x + r, Math.max) + 40, edge(([, y, r]) => y + r, Math.max) + 40];
  return svgDocument(left, top, right - left, bottom - top, explorer.ink.background, marks);
}

function svgShape({ of, x, y }) {
  const path = [];
  const pen = { beginPath: () => undefined, closePath: () => path.push("Z"), moveTo: (a, b) => path.push(`M${a} ${b}`), lineTo: (a, b) => path.push(`L${a} ${b}`),
    rect: (a, b, w, e) => path.push(`M${a} ${b}h${w}v${e}h${-w}Z`), arc: (a, b, r) => path.push(`M${a - r} ${b}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`) };
  shapeOf(of.kind, pen, x, y, of.size);
  return svg("path", { d: path.join(""), fill: nodeColour(of) }, svg("title", {}, xmlText(graphLabel(of))));
}
