// The explorer: the whole graph, drawn by force-graph on a canvas with places given beforehand.
// What would be smaller than a pixel is not drawn one by one: a district's leaves show as a disc until one
// comes near enough, so that a frame costs what can be seen and not what there is.

const explorer = { drawing: null, root: null, view: null, ink: null, bright: null, hovered: null, shown: "", focus: null, scale: 1, box: null, path: [] };
const SMALLEST = 1.3; // pixels: below this radius a leaf is part of its district's disc
const MOST_LINES = 2500; // shared links drawn at once while nothing is selected
const MOST_LABELS = 160;
const LABEL = 12.5; // pixels

function listOf(value) {
  return value ? value.split(",").map(decoded) : [];
}

/** A part of a list as it was put in; a link that somebody has damaged gives what it says. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function listText(values) {
  return values.length ? values.map(encodeURIComponent).join(",") : null;
}

/** Pinned places by node, from the state. */
function pinsOf(value) {
  return new Map(listOf(value).map((text) => text.match(/^(.*)@(-?\d{1,6}):(-?\d{1,6})$/)).filter(Boolean).map(([, id, x, y]) => [id, [Number(x), Number(y)]]));
}

function pathShown() {
  if (!state.from || !state.to) return [];
  const hidden = new Set(listOf(state.x));
  return shortestPath(wholeGraph(), state.from, state.to, (node) => !hidden.has(node.id) && nodePasses(node));
}

function nodePasses(node) {
  return !anyFilter() || node.facts.some(passesFilters);
}

/** The nodes that the state asks for: of a path, around expanded nodes, or all; without the hidden and the filtered. */
function nodesAsked() {
  const graph = wholeGraph();
  const path = pathShown();
  const roots = listOf(state.e);
  const asked = path.length ? new Set(path) : roots.length ? neighbourhood(graph, roots) : new Set(graph.nodes.values());
  const hidden = new Set(listOf(state.x));
  const kept = new Set([...asked].filter((node) => !hidden.has(node.id) && nodePasses(node)));
  return { kept, path };
}

/** What is drawn: a copy of each node with its place, and the edges between them. */
function makeView() {
  const { kept, path } = nodesAsked();
  const places = path.length ? new Map(path.map((node, i) => [node, [(i - (path.length - 1) / 2) * 130, 0]])) : placesOf(kept);
  const pins = pinsOf(state.pin);
  const copies = new Map();
  for (const node of kept) {
    const [x, y] = pins.get(node.id) || places.get(node);
    const lone = node.kind !== "district" && node.near.filter((edge) => kept.has(otherEnd(edge, node))).length < 2;
    copies.set(node, { id: node.id, of: node, x, y, fx: x, fy: y, lone, pinned: pins.has(node.id) });
  }
  const edges = wholeGraph().edges.filter((edge) => copies.has(edge.source) && copies.has(edge.target)
    && (!path.length || Math.abs(path.indexOf(edge.source) - path.indexOf(edge.target)) === 1));
  const links = edges.map((edge) => ({ source: copies.get(edge.source), target: copies.get(edge.target), of: edge }));
  const nodes = [...copies.values()];
  // Districts last, so that they lie on top; names in the order in which they deserve room.
  nodes.sort((a, b) => (a.of.kind === "district") - (b.of.kind === "district"));
  const named = [...nodes].sort((a, b) => labelRank(a) - labelRank(b) || b.of.near.length - a.of.near.length || compare(a.id, b.id));
  const discs = discsOf(nodes, links);
  return { nodes, links, named, discs, byId: new Map(nodes.map((node) => [node.id, node])), shared: links.filter((each) => !each.target.lone).length };
}

function labelRank(copy) {
  return copy.of.kind === "district" ? 0 : copy.lone ? 2 : 1;
}

/** For each district the disc that its leaves fill. */
function discsOf(nodes, links) {
  const reach = new Map();
  for (const { source, target } of links) {
    if (target.lone && !target.pinned) reach.set(source, Math.max(reach.get(source) || 0, Math.hypot(target.x - source.x, target.y - source.y)));
  }
  return [...reach].map(([node, radius]) => ({ node, radius: radius + 5 }));
}

// --- drawing --------------------------------------------------------------------------------------------

function visibleNode(copy) {
  const box = explorer.box;
  if (copy.x < box.left || copy.x > box.right || copy.y < box.top || copy.y > box.bottom) return false;
  return !copy.lone || copy.of.size * explorer.scale >= SMALLEST || isBright(copy);
}

function isBright(copy) {
  return explorer.bright !== null && explorer.bright.has(copy.of);
}

function visibleLink({ source, target, of }) {
  if (explorer.bright) return explorer.bright.has(of.source) && explorer.bright.has(of.target) && touchesSelected(of);
  if (target.lone) return target.of.size * explorer.scale >= 2 * SMALLEST && (visibleNode(source) || visibleNode(target));
  return explorer.view.shared <= MOST_LINES || (visibleNode(source) && visibleNode(target));
}

function touchesSelected(edge) {
  return explorer.path.length > 0 || edge.source.id === state.n || edge.target.id === state.n;
}

function nodeColour(node) {
  if (node.kind === "district") return explorer.ink.district;
  return (node.kind === "mechanism" && explorer.ink.types[node.type]) || explorer.ink.muted;
}

function drawNode(copy, context) {
  const dim = explorer.bright && !isBright(copy);
  context.globalAlpha = dim ? 0.18 : 1;
  context.fillStyle = nodeColour(copy.of);
  shapeOf(copy.of.kind, context, copy.x, copy.y, copy.of.size);
  context.fill();
  if (copy.id === state.n || copy.id === explorer.focus || copy.pinned) {
    context.lineWidth = (copy.id === state.n ? 2.5 : 1.5) / explorer.scale;
    context.strokeStyle = explorer.ink.text;
    context.setLineDash(copy.id === explorer.focus ? [4 / explorer.scale, 3 / explorer.scale] : []);
    context.beginPath();
    context.arc(copy.x, copy.y, copy.of.size + 4 / explorer.scale, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
  }
  context.globalAlpha = 1;
}

/** A shape for each kind: mechanisms and districts round, numbers square, chains upright, the rest pointed. */
function shapeOf(kind, context, x, y, r) {
  context.beginPath();
  if (kind === "measurement" || kind === "indicator") context.rect(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r);
  else if (kind === "tier_chain") context.rect(x - 0.5 * r, y - 1.3 * r, r, 2.6 * r);
  else if (kind === "organisation") polygon(context, x, y, [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]], r);
  else if (kind === "policy" || kind === "honour" || kind === "person") polygon(context, x, y, [[0, -1.2], [1.15, 0.9], [-1.15, 0.9]], r);
  else context.arc(x, y, r, 0, 2 * Math.PI);
}

function polygon(context, x, y, corners, r) {
  corners.forEach(([dx, dy], i) => context[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  context.closePath();
}

function drawDiscs(context, scale) {
  const canvas = explorer.root;
  const [left, top] = Object.values(explorer.drawing.screen2GraphCoords(0, 0));
  const [right, bottom] = Object.values(explorer.drawing.screen2GraphCoords(canvas.clientWidth, canvas.clientHeight));
  explorer.scale = scale;
  explorer.box = { left: left - 20, top: top - 20, right: right + 20, bottom: bottom + 20 };
  context.fillStyle = faded(explorer.ink.district, explorer.bright ? 0.04 : 0.09);
  for (const { node, radius } of explorer.view.discs) {
    if (node.x + radius < left || node.x - radius > right || node.y + radius < top || node.y - radius > bottom) continue;
    context.beginPath();
    context.arc(node.x, node.y, radius, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Names, the most important first, wherever there is room: none lies on another. */
function drawNames(context, scale) {
  const size = LABEL / scale;
  context.font = `${size}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const { copy, label, x, y } of namesShown(scale)) {
    context.strokeStyle = explorer.ink.background;
    context.lineWidth = 3 / scale;
    context.strokeText(label, x, y);
    context.fillStyle = faded(explorer.ink.text, explorer.bright && !isBright(copy) ? 0.25 : 1);
    context.fillText(label, x, y);
  }
}

function namesShown(scale) {
  const size = LABEL / scale;
  const taken = [];
  const shown = [];
  const first = explorer.bright ? explorer.view.named.filter(isBright) : [];
  for (const copy of first.length ? [...first, ...explorer.view.named.filter((each) => !isBright(each))] : explorer.view.named) {
    if (shown.length >= MOST_LABELS) break;
    if (!visibleNode(copy) || (copy.lone && !isBright(copy) && copy.of.size * scale < 7)) continue;
    const label = shorten(graphLabel(copy.of), copy.of.kind === "district" ? 12 : 16);
    const half = (size * widthOf(label)) / 2;
    const x = copy.x;
    const y = copy.y + copy.of.size * (copy.of.kind === "tier_chain" ? 1.3 : 1) + 2 / scale;
    const box = [x - half, y, x + half, y + 1.15 * size];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    shown.push({ copy, label, x, y });
  }
  return shown;
}

/** The width of a text in its size: Chinese characters are square, others about half of that. */
function widthOf(text) {
  return Array.from(text).reduce((sum, character) => sum + (character > "\u2000" ? 1 : 0.56), 0);
}

function markBright() {
  explorer.path = pathShown();
  const node = wholeGraph().nodes.get(state.n);
  explorer.bright = explorer.path.length ? new Set(explorer.path) : node && explorer.view.byId.has(node.id) ? neighbourhood(wholeGraph(), [node.id]) : null;
}

// --- the canvas -----------------------------------------------------------------------------------------

function buildExplorer(root) {
  explorer.root = root;
  explorer.ink = readInk();
  explorer.shown = "";
  const pointer = (copy, colour, context) => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(copy.x, copy.y, Math.max(copy.of.size, 6 / explorer.scale), 0, 2 * Math.PI);
    context.fill();
  };
  explorer.drawing = new ForceGraph(root)
    .width(root.clientWidth).height(root.clientHeight)
    .d3Force("link", null).d3Force("charge", null).d3Force("center", null) // places are given
    .cooldownTicks(0).minZoom(0.02).maxZoom(12)
    .nodeLabel(() => "").linkLabel(() => "")
    .nodeVisibility(visibleNode).linkVisibility(visibleLink)
    .nodeCanvasObject(drawNode).nodePointerAreaPaint(pointer)
    .linkColor(linkColour).linkWidth((each) => (explorer.bright ? 1.6 : each.target.lone ? 0.5 : 0.9)).linkPointerAreaPaint(() => undefined)
    .onRenderFramePre(drawDiscs).onRenderFramePost(drawNames)
    .onNodeClick((copy) => { location.hash = linkWith({ n: copy.id, f: null }); })
    .onBackgroundClick(() => { if (state.n || state.f) location.hash = linkWith({ n: null, f: null }); })
    .onNodeHover(hoverNode)
    .onNodeDragEnd(pinDragged);
  root.addEventListener("pointermove", moveTip);
}

function linkColour({ target }) {
  const colour = (target.of.kind === "mechanism" && explorer.ink.types[target.of.type]) || explorer.ink.muted;
  return faded(colour, explorer.bright ? 0.75 : target.lone ? 0.3 : Math.min(0.5, Math.max(0.12, 60 / explorer.view.shared)));
}

function hoverNode(copy) {
  explorer.hovered = copy;
  const tip = document.getElementById("tip");
  tip.hidden = !copy;
  if (copy) tip.textContent = tipText(copy.of);
}

function tipText(node) {
  const users = node.kind === "district" ? t("facts", { n: node.facts.length }) : t("districtsN", { n: node.near.length });
  return `${t(node.kind)} · ${shorten(graphLabel(node), 60)} · ${users}`;
}

function moveTip(event) {
  const tip = document.getElementById("tip");
  if (!explorer.hovered || !tip) return;
  const box = explorer.root.getBoundingClientRect();
  tip.style.setProperty("left", Math.min(event.clientX - box.left + 14, box.width - 200) + "px");
  tip.style.setProperty("top", event.clientY - box.top + 14 + "px");
}

function pinDragged(copy) {
  const pins = pinsOf(state.pin);
  pins.set(copy.id, [Math.round(copy.x), Math.round(copy.y)]);
  location.hash = linkWith({ pin: pinsText(pins) });
}

function pinsText(pins) {
  return listText([...pins].map(([id, [x, y]]) => `${id}@${x}:${y}`));
}

/** All in sight. */
function fitExplorer() {
  const { nodes, discs } = explorer.view;
  if (!nodes.length || !explorer.root.clientWidth) return;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const grow = (x, y, r) => {
    box[0] = Math.min(box[0], x - r); box[1] = Math.min(box[1], y - r);
    box[2] = Math.max(box[2], x + r); box[3] = Math.max(box[3], y + r);
  };
  for (const { x, y, of } of nodes) grow(x, y, of.size + 4);
  for (const { node, radius } of discs) grow(node.x, node.y, radius);
  const scale = Math.min(1.6, explorer.root.clientWidth / (box[2] - box[0] + 60), explorer.root.clientHeight / (box[3] - box[1] + 60));
  explorer.scale = scale;
  explorer.drawing.zoom(scale, 0).centerAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 0);
}

/** Bring the drawing to what the state asks for; the view's data are made anew only when they change. */
function updateExplorer() {
  const asked = ["e", "x", "from", "to", "pin", "lang", ...Object.keys(FILTERS)].map((key) => state[key] || "").join("\u0000");
  const places = ["e", "from", "to", ...Object.keys(FILTERS)].map((key) => state[key] || "").join("\u0000");
  const fresh = explorer.shown === "";
  if (asked !== explorer.shown) {
    const refit = fresh || places !== explorer.places;
    explorer.view = makeView();
    explorer.box = explorer.box || { left: -1e9, right: 1e9, top: -1e9, bottom: 1e9 };
    markBright();
    explorer.drawing.graphData({ nodes: explorer.view.nodes, links: explorer.view.links });
    if (refit) fitExplorer();
    Object.assign(explorer, { shown: asked, places });
  }
  markBright();
  explorer.drawing.nodeCanvasObject(drawNode); // an accessor that is set anew has the canvas drawn again
}
