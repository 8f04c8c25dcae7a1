// The first view: districts above, the mechanisms they share in the middle, the types below.
// Drawn by vis-network from pyvis' nodes, edges and options; places are computed beforehand.

const picture = { network: null, nodes: null, edges: null, narrow: false, stretch: 1, enlarge: 1, all: false, focus: null, ink: null };

/** Colours of the present theme, read from the style sheet, since a canvas knows no variables. */
function readInk() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  const types = Object.create(null);
  for (const node of typeNodes) types[node.ref] = get("--" + node.ref.replace(/_/g, "-")) || get("--muted");
  return { text: get("--text"), muted: get("--muted"), surface: get("--surface"), background: get("--background"),
    onType: get("--on-type"), district: get("--district"), line: get("--line"), types };
}

/** A colour at an opacity, as a canvas takes it. Ours are all written #rrggbb. */
function faded(colour, opacity) {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour + Math.round(opacity * 255).toString(16).padStart(2, "0") : colour;
}

/** A colour laid over the background at an opacity: opaque, so that lines behind a node stay hidden. */
function blended(colour, opacity) {
  if (opacity >= 1) return colour;
  const [top, bottom] = [colour, picture.ink.background].map((c) => [1, 3, 5].map((i) => parseInt(c.slice(i, i + 2), 16)));
  return "#" + top.map((c, i) => Math.round(c * opacity + bottom[i] * (1 - opacity)).toString(16).padStart(2, "0")).join("");
}

function wrap(text, width, lines) {
  const characters = Array.from(shorten(text.replace(/\s+/g, " "), width * lines));
  const even = Math.ceil(characters.length / Math.ceil(characters.length / width)); // no last row of one character
  const rows = [];
  for (let i = 0; i < characters.length; i += even) rows.push(characters.slice(i, i + even).join(""));
  return rows.join("\n");
}

/** English labels break between words, Chinese ones anywhere. */
function wrapWords(text, width) {
  if (/[^\x00-\x7f]/.test(text)) return wrap(text, 5, 2);
  const rows = text.split(/ |(?<=-)/).reduce((done, word) => {
    const last = done[done.length - 1];
    if (last && (last + " " + word).length <= width) done[done.length - 1] = last + " " + word;
    else done.push(word);
    return done;
  }, []);
  if (rows.length > 2) rows[1] += "…";
  return rows.slice(0, 2).map((row) => shorten(row, width)).join("\n");
}

function wrapPractice(text) {
  const width = picture.enlarge > 1.1 ? 5 : 6;
  return /[^\x00-\x7f]/.test(text) ? wrap(text, width, 2) : wrapWords(text, 2 * width + 2);
}

/** Ids of what stays bright: the selected node and what it is linked to; null where nothing is selected. */
function brightNodes() {
  const selected = selectedNode();
  if (!selected) return null;
  const bright = new Set([selected]);
  for (const edge of DATA.network.edges) {
    if (edge.from === selected) bright.add(edge.to);
    if (edge.to === selected) bright.add(edge.from);
  }
  return bright;
}

function selectedNode() {
  const fact = state.f && factById.get(state.f);
  const ids = [state.m && "m" + state.m, state.t && "t" + state.t, state.p && "p" + state.p, ...circlesOf(state.d),
    fact && fact.mechanism && "m" + fact.mechanism, ...circlesOf(fact && fact.division)];
  return ids.find((id) => id && nodeById.has(id)) || null;
}

/** A district's node, or that of its province. */
function circlesOf(code) {
  const district = districtByCode.get(code);
  return district ? ["d" + code, "p" + district.group] : [];
}

const isCircle = (node) => node.kind === "district" || node.kind === "province";
const LARGEST = Math.max(1, ...DATA.network.nodes.filter(isCircle).map((n) => n.facts));
// The more lines there are, the fainter each.
const SHARES_OPACITY = Math.min(0.9, Math.max(0.25, 45 / DATA.network.edges.filter((e) => e.kind === "shares").length));
const MOST_USES = Math.max(1, ...DATA.network.edges.filter((e) => e.kind === "uses").map((e) => e.weight));

const DIM = 0.35; // opacity of what is not selected

function districtSize(node) {
  return 9 + 15 * Math.sqrt(node.facts / LARGEST);
}

const TYPE_WIDTH = 86; // what the longest English word (Accountability) takes
const ACROSS = typeNodes.map((node) => node.x).sort((a, b) => a - b);
const TYPE_GAP = Math.min(...ACROSS.slice(1).map((x, at) => x - ACROSS[at]));

/** How wide a type's box is: it grows with its letters as far as the next one lets it. */
function typeWidth() {
  return Math.min(TYPE_WIDTH * picture.enlarge, Math.max(TYPE_WIDTH, TYPE_GAP - 6));
}

/** Circles of a row stand close: a long name (科尔沁右翼前旗) takes two rows, or it would run into the next or off the edge. */
function circleLabel(name) {
  return picture.narrow ? shorten(name, 9) : wrap(name, 5, 2);
}

function nodeLook(node, bright) {
  const ink = picture.ink;
  const dim = bright && !bright.has(node.id) ? DIM : 1;
  const [x, y] = picture.narrow ? node.narrow : [node.x, node.y * picture.stretch];
  const base = { id: node.id, x, y, title: nodeTitle(node) };
  if (isCircle(node)) {
    return { ...base, shape: "dot", label: circleLabel(node.label), size: districtSize(node),
      color: { background: blended(ink.district, dim), border: ink.background, hover: ink.district, highlight: ink.district },
      font: { color: faded(ink.text, dim), size: 16 * picture.enlarge, strokeWidth: 3, strokeColor: ink.background, vadjust: picture.narrow ? -4 : 20 - districtSize(node), face: FONT } };
  }
  const colour = ink.types[node.of] || ink.muted;
  if (node.kind === "type") {
    return { ...base, shape: "box", label: wrapWords(conceptLabel("mechanism", node.ref), 14), margin: { top: 8, bottom: 8, left: 4, right: 4 }, widthConstraint: typeWidth(),
      color: { background: blended(colour, dim), border: blended(colour, dim), hover: { background: colour, border: ink.text } },
      shapeProperties: { borderRadius: 5 }, font: { color: faded(ink.onType, dim), size: (language === "zh" ? 16 : 11.5) * typeWidth() / TYPE_WIDTH, face: FONT } };
  }
  return { ...base, shape: "box", label: wrapPractice(practiceLabel(node.ref)), margin: 5,
    color: { background: dim < 1 ? ink.background : ink.surface, border: blended(colour, dim), hover: { background: ink.surface, border: ink.text } },
    borderWidth: 2, shapeProperties: { borderRadius: 12 }, font: { color: faded(ink.text, dim), size: 14 * picture.enlarge, face: FONT } };
}

const FONT = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","Source Han Sans SC",sans-serif';

function nodeTitle(node) {
  if (node.kind === "district") {
    const above = (districtByCode.get(node.ref) || { above: [] }).above.join("");
    return `${shorten(node.label, 40)} · ${shorten(above, 40)} · ${t("facts", { n: node.facts })}`;
  }
  if (node.kind === "province") return `${shorten(node.label, 40)} · ${t("districtsN", { n: node.districts })} · ${t("facts", { n: node.facts })}`;
  const name = node.kind === "type" ? conceptLabel("mechanism", node.ref) : practiceLabel(node.ref);
  return `${shorten(name, 60)} · ${t("districtsN", { n: node.districts })}`;
}

/** Ids of the shared mechanisms that the selected district uses. */
function mechanismsOf(selected) {
  return new Set(DATA.network.edges.filter((edge) => edge.kind === "shares" && edge.from === selected).map((edge) => edge.to));
}

function edgeLook(edge, selected, used) {
  const colour = picture.ink.types[nodeById.get(edge.to).of] || picture.ink.muted;
  const touches = !selected || edge.from === selected || edge.to === selected
    || (edge.kind === "of" && used.has(edge.from));
  const hidden = edge.kind === "uses" && !edge.strong && !picture.all && !(selected && touches);
  const opacity = { uses: 0.3, shares: SHARES_OPACITY, of: 0.55 }[edge.kind];
  const width = { uses: 0.8 + 3.4 * edge.weight / MOST_USES, shares: 2, of: 4 }[edge.kind];
  const shown = !selected ? opacity : touches ? Math.min(1, opacity + 0.35) : 0.06;
  return { id: edge.id, from: edge.from, to: edge.to, hidden, width,
    smooth: { enabled: true, type: "cubicBezier", forceDirection: picture.narrow ? "horizontal" : "vertical", roundness: 0.55 },
    color: { color: faded(colour, shown), hover: faded(colour, 1), inherit: false } };
}

function restyle() {
  if (!picture.network) return;
  picture.nodes.update(nodeLooks());
  picture.edges.update(edgeLooks());
}

function nodeLooks() {
  const bright = brightNodes();
  return DATA.network.nodes.map((node) => nodeLook(node, bright));
}

function edgeLooks() {
  const selected = selectedNode();
  const used = mechanismsOf(selected);
  return DATA.network.edges.map((edge) => edgeLook(edge, selected, used));
}

/** How many characters a province's name may have before it runs into the next one's, or off the picture. */
function roomFor(run) {
  const next = DATA.network.provinces.find((other) => other.y === run.y && other.left > run.left);
  const end = next ? next.left - 36 : WIDE.right + MARGIN - 3;
  return Math.min(8, Math.max(3, Math.floor((end - run.left + 30) / (14 * picture.enlarge))));
}

function drawProvinces(context) {
  if (picture.narrow) return;
  context.font = `${14 * picture.enlarge}px ${FONT}`;
  context.textAlign = "left";
  context.lineWidth = 1;
  for (const run of DATA.network.provinces) {
    const y = run.y * picture.stretch - 44;
    context.fillStyle = picture.ink.muted;
    context.strokeStyle = picture.ink.line;
    context.fillText(shorten(run.label, roomFor(run)), run.left - 30, y - 8);
    context.beginPath();
    context.moveTo(run.left - 30, y);
    context.lineTo(run.right + 30, y);
    context.stroke();
  }
}

function drawFocus(context) {
  const id = picture.focus || selectedNode();
  if (!id || !picture.network) return;
  const box = picture.network.getBoundingBox(id);
  context.strokeStyle = picture.ink.text;
  context.lineWidth = 2;
  context.setLineDash(picture.focus ? [4, 3] : []);
  if (isCircle(nodeById.get(id))) ringAround(context, id);
  else if (picture.focus) context.strokeRect(box.left - 5, box.top - 5, box.right - box.left + 10, box.bottom - box.top + 10);
  context.setLineDash([]);
}

function ringAround(context, id) {
  const place = picture.network.getPosition(id);
  context.beginPath();
  context.arc(place.x, place.y, districtSize(nodeById.get(id)) + 5, 0, 2 * Math.PI);
  context.stroke();
}

/** Below each type, the number of its practices. */
function drawCounts(context) {
  const bright = brightNodes();
  // In a column each count has only the gap before the next type.
  const [size, below] = picture.narrow ? [10, 28] : [14, 36];
  context.font = `${size * picture.enlarge}px ${FONT}`;
  context.textAlign = "center";
  for (const node of typeNodes) {
    const place = picture.network.getPosition(node.id);
    context.fillStyle = faded(picture.ink.muted, bright && !bright.has(node.id) ? DIM : 1);
    context.fillText(String(node.facts), place.x, place.y + below);
  }
}

function openNode(id) {
  const node = nodeById.get(id);
  if (!node) return go({ view: "network" });
  return go({ view: "network", [{ district: "d", province: "p", mechanism: "m", type: "t" }[node.kind]]: node.ref });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Move the keyboard's focus to the nearest node in the arrow's direction; Enter opens it. */
function networkKeys(event) {
  if (event.key === "Enter" && picture.focus) return openNode(picture.focus);
  const arrow = ARROWS[event.key];
  if (!arrow) return undefined;
  event.preventDefault();
  const places = picture.network.getPositions();
  const best = nearestAlong(Object.entries(places), places[picture.focus || selectedNode()], arrow);
  if (best) {
    picture.focus = best;
    announce(nodeTitle(nodeById.get(best)));
    picture.network.redraw();
  }
  return undefined;
}

/** The id of the place nearest to another in an arrow's direction; without another, the first from the edge. */
function nearestAlong(places, from, arrow) {
  const at = from || { x: -1e6 * arrow[0], y: -1e6 };
  let best = null;
  for (const [id, place] of places) {
    const along = (place.x - at.x) * arrow[0] + (place.y - at.y) * arrow[1];
    const aside = Math.abs((place.x - at.x) * arrow[1]) + Math.abs((place.y - at.y) * arrow[0]);
    if (along > 1 && (!best || along + 2 * aside < best.distance)) best = { id, distance: along + 2 * aside };
  }
  return best && best.id;
}

function fitPicture() {
  if (!picture.network) return;
  const canvas = document.getElementById("canvas");
  if (!canvas.clientWidth || !canvas.clientHeight) return; // another view has come in the meantime
  if (!picture.narrow) return void fitWide(canvas);
  const scale = Math.min(1, canvas.clientWidth / 520);
  picture.network.moveTo({ position: { x: 180, y: canvas.clientHeight / 2 / scale - 60 }, scale });
}

const WIDE = DATA.network.nodes.reduce((box, node) => ({ left: Math.min(box.left, node.x), right: Math.max(box.right, node.x),
  bottom: Math.max(box.bottom, node.y) }), { left: 0, right: 0, bottom: 0 });

const MARGIN = 65; // on either side of the outermost nodes
const ABOVE = 84;
const BELOW = 60;

/** The whole width in sight, with room for the provinces' names above and the counts below. */
function fitWide(canvas) {
  const bottom = WIDE.bottom * picture.stretch;
  const scale = Math.min(1.3, canvas.clientWidth / (WIDE.right - WIDE.left + 2 * MARGIN), canvas.clientHeight / (bottom + ABOVE + BELOW));
  picture.network.moveTo({ position: { x: (WIDE.left + WIDE.right) / 2, y: (bottom + BELOW - ABOVE) / 2 }, scale });
}

/** Choose the arrangement for the canvas' size, pull the layers apart to fill its height, keep words legible. */
function arrange(canvas) {
  picture.narrow = canvas.clientWidth < 640;
  const scale = canvas.clientWidth / (WIDE.right - WIDE.left + 2 * MARGIN);
  picture.stretch = Math.min(2.8, Math.max(1, (canvas.clientHeight / scale - ABOVE - BELOW) / (WIDE.bottom || 1)));
  picture.enlarge = picture.narrow ? 1 : Math.min(1.3, Math.max(1, 0.9 / scale));
}

function buildPicture(canvas) {
  arrange(canvas);
  picture.ink = readInk();
  picture.nodes = new vis.DataSet(nodeLooks());
  picture.edges = new vis.DataSet(edgeLooks());
  picture.network = new vis.Network(canvas, { nodes: picture.nodes, edges: picture.edges }, DATA.network.options);
  picture.network.on("beforeDrawing", drawProvinces);
  picture.network.on("afterDrawing", (context) => { drawCounts(context); drawFocus(context); });
  picture.network.on("click", (event) => openNode(event.nodes[0]));
  picture.network.on("hoverNode", () => canvas.classList.add("over-node"));
  picture.network.on("blurNode", () => canvas.classList.remove("over-node"));
  fitPicture();
}

/** The picture follows the window: another arrangement below 640 pixels, fitted anew when its size changes. */
function watchSize(canvas) {
  let width = canvas.clientWidth;
  new ResizeObserver(() => {
    if (!canvas.isConnected || !canvas.clientWidth || !picture.network || Math.abs(canvas.clientWidth - width) < 2) return;
    width = canvas.clientWidth;
    arrange(canvas);
    restyle();
    requestAnimationFrame(fitPicture);
  }).observe(canvas);
}

function recolour() {
  if (explorer.drawing) {
    explorer.ink = readInk();
    explorer.drawing.nodeCanvasObject(drawNode);
  }
  if (!picture.network) return;
  picture.ink = readInk();
  restyle();
}
