// Building the page: elements and text nodes only. Nothing here or elsewhere parses markup, so whatever
// a document contains stays text.

/** An element with attributes, listeners (onclick: …) and children; strings become text nodes. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Text from a document: set apart from what surrounds it, also in its direction. */
function data(text, attributes) {
  return h("bdi", { class: "data", ...attributes }, text);
}

function fill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

/** At most `limit` characters, an ellipsis for the rest. */
function shorten(text, limit) {
  const characters = Array.from(text.slice(0, 2 * limit + 2));
  return characters.length > limit ? characters.slice(0, limit - 1).join("") + "…" : text;
}

function announce(text) {
  document.getElementById("live").textContent = text;
}
