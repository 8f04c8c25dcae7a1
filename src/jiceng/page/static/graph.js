// The whole graph as nodes and edges, and a place for each node: districts, what they state, what they share.
// Made from the facts once, when first looked at; linear in their number.

const GRAPH_KINDS = ["district", ...KINDS, "indicator"];

/** Nodes by id, edges, and neighbours. A node of several districts is shared; others are leaves of one. */
const wholeGraph = (() => {
  let known = null;
  return () => {
    if (!known) known = makeGraph();
    return known;
  };
})();

/** The key of the node that a fact belongs to: what several districts can share has one that they share. */
function nodeKey(fact) {
  if (fact.kind === "mechanism") return "m" + (fact.mechanism || fact.id);
  if (fact.kind === "measurement" && fact.indicator) return "i" + fact.indicator;
  if (fact.kind === "policy" || fact.kind === "honour") return "s" + fact.kind + " " + fact.label;
  if (fact.kind === "organisation" || fact.kind === "person") return "s" + fact.kind + " " + fact.division + " " + fact.label;
  return "f" + fact.id;
}

function makeGraph() {
  const nodes = new Map();
  const edges = new Map();
  for (const district of districts) {
    nodes.set("d" + district.code, { id: "d" + district.code, kind: "district", ref: district.code, label: district.name, facts: [], near: [] });
  }
  const ids = new Map(); // of what has no name of its own in links: the first fact stands for it
  for (const fact of DATA.facts) {
    const key = nodeKey(fact);
    if (!ids.has(key)) ids.set(key, /^[mi]/.test(key) ? key : "f" + fact.id);
    const id = ids.get(key);
    if (!nodes.has(id)) nodes.set(id, graphNode(id, fact));
    nodes.get(id).facts.push(fact);
    const name = `d${fact.division}>${id}`;
    if (!edges.has(name)) edges.set(name, { id: name, source: nodes.get("d" + fact.division), target: nodes.get(id), facts: [] });
    edges.get(name).facts.push(fact);
  }
  const all = [...edges.values()].filter((edge) => edge.source);
  for (const edge of all) {
    edge.source.near.push(edge);
    edge.target.near.push(edge);
    edge.source.facts.push(...edge.facts);
  }
  for (const node of nodes.values()) node.size = node.kind === "district" ? 7 + 1.1 * Math.sqrt(node.facts.length) : 2.6 + 1.7 * Math.sqrt(node.near.length);
  return { nodes, edges: all };
}

function graphNode(id, fact) {
  const kind = id[0] === "i" ? "indicator" : fact.kind;
  return { id, kind, ref: id.slice(1), type: fact.kind === "mechanism" ? fact.type : null, label: fact.label, facts: [], near: [] };
}

function graphLabel(node) {
  if (node.kind === "mechanism" && node.id[0] === "m") return practiceLabel(node.ref);
  if (node.kind === "indicator") return indicatorLabel(node.facts[0]);
  if (node.kind === "measurement") return `${node.label} ${quantity(node.facts[0])}`;
  return node.label;
}

function otherEnd(edge, node) {
  return edge.source === node ? edge.target : edge.source;
}

// --- places ---------------------------------------------------------------------------------------------

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const LEAF_STEP = 11; // between leaves around their district
const SHARED_STEP = 30; // between what is shared, in the middle

/**
 * A place [x, y] for each of some nodes. What several of their districts share fills a disc in the middle, a
 * sector for each type of mechanism and kind, the most widely shared innermost; districts stand in rings
 * around it, by province, each amid its own leaves. Without districts all stand in the disc.
 */
function placesOf(members) {
  const places = new Map();
  const inSight = (node) => node.near.map((edge) => otherEnd(edge, node)).filter((other) => members.has(other));
  const nodes = [...members];
  const free = nodes.filter((node) => node.kind !== "district").map((node) => ({ node, near: inSight(node) }));
  const radius = placeShared(free.filter(({ near }) => near.length !== 1), places);
  const leaves = groupBy(free.filter(({ near }) => near.length === 1), ({ near }) => near[0]);
  const clusters = nodes.filter((node) => node.kind === "district").map((node) => {
    const own = (leaves.get(node) || []).map((leaf) => leaf.node);
    own.sort((a, b) => sectorOf(a) - sectorOf(b) || compare(a.id, b.id));
    return { node, own, radius: node.size + 8 + LEAF_STEP * Math.sqrt(own.length) };
  });
  placeRings(clusters, radius, places);
  for (const { node, own } of clusters) {
    const [x, y] = places.get(node);
    discPoints(own.length, LEAF_STEP, node.size + 8).forEach((point, i) => places.set(own[i], [x + point[0], y + point[1]]));
  }
  return places;
}

/** Points of a sunflower outside a hole, in the order of their angle. */
function discPoints(count, step, hole) {
  const skipped = (hole / step) ** 2;
  const points = Array.from({ length: count }, (_, i) => [step * Math.sqrt(i + 0.5 + skipped), i * GOLDEN]);
  return points.map(([r, a]) => [r * Math.cos(a), r * Math.sin(a)]).sort((a, b) => Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]));
}

function sectorOf(node) {
  const type = typeNodes.findIndex((other) => other.ref === node.type);
  return type >= 0 ? type : typeNodes.length + GRAPH_KINDS.indexOf(node.kind);
}

/** Places what is shared, given with what it is linked to; gives the disc's radius. */
function placeShared(shared, places) {
  if (!shared.length) return 0;
  const points = discPoints(shared.length, SHARED_STEP, 0);
  const sectors = groupBy([...shared].sort((a, b) => sectorOf(a.node) - sectorOf(b.node)), ({ node }) => sectorOf(node));
  let at = 0;
  for (const members of sectors.values()) {
    const free = points.slice(at, at + members.length).sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
    members.sort((a, b) => b.near.length - a.near.length || compare(a.node.id, b.node.id));
    members.forEach(({ node }, i) => places.set(node, free[i]));
    at += members.length;
  }
  return SHARED_STEP * Math.sqrt(shared.length);
}

/** Rings of clusters around the middle, each ring as full as it goes, in the order given. */
function placeRings(clusters, middle, places) {
  if (clusters.length === 1 && !middle) return void places.set(clusters[0].node, [0, 0]);
  let inner = middle + 20;
  let at = 0;
  while (at < clusters.length) {
    const ring = [];
    let width = 0;
    let thick = 0;
    while (at < clusters.length) {
      const next = clusters[at];
      const thicker = Math.max(thick, next.radius);
      const room = 2 * Math.PI * (inner + thicker);
      if (ring.length && width + 2 * next.radius + 14 > room) break;
      ring.push(next);
      width += 2 * next.radius + 14;
      thick = thicker;
      at += 1;
    }
    // A ring that one cluster would nearly fill by itself is widened, so that neighbours stay apart.
    const radius = Math.max(inner + thick, ring.length > 1 ? width / (2 * Math.PI) : 0);
    const slack = (2 * Math.PI * radius - width) / ring.length;
    let angle = -Math.PI / 2;
    for (const { node, radius: own } of ring) {
      const half = (own + 7 + slack / 2) / radius;
      angle += half;
      places.set(node, [radius * Math.cos(angle), radius * Math.sin(angle)]);
      angle += half;
    }
    inner = radius + thick + 14;
  }
  return undefined;
}

// --- walks ----------------------------------------------------------------------------------------------

/** The nodes at most one step from any of the given ones. */
function neighbourhood(graph, ids) {
  const found = new Set();
  for (const id of ids) {
    const node = graph.nodes.get(id);
    if (!node) continue;
    found.add(node);
    for (const edge of node.near) found.add(otherEnd(edge, node));
  }
  return found;
}

/** A shortest path as nodes, through nodes that pass; empty where there is none. Breadth first. */
function shortestPath(graph, from, to, passes) {
  const start = graph.nodes.get(from);
  const goal = graph.nodes.get(to);
  if (!start || !goal) return [];
  const before = new Map([[start, null]]);
  const queue = [start];
  for (let i = 0; i < queue.length && !before.has(goal); i += 1) {
    for (const edge of queue[i].near) {
      const next = otherEnd(edge, queue[i]);
      if (before.has(next) || !(next === goal || passes(next))) continue;
      before.set(next, queue[i]);
      queue.push(next);
    }
  }
  const path = [];
  for (let node = before.has(goal) ? goal : null; node; node = before.get(node)) path.unshift(node);
  return path;
}
