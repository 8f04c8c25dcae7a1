// Filters over facts, for the explorer and the search: by class, type of mechanism, province, level and unit.

const FILTERS = {
  c: { name: "classes", values: () => KINDS, label: (value) => t(value), of: (fact) => fact.kind },
  ft: { name: "type", values: () => typeNodes.map((node) => node.ref), label: (value) => conceptLabel("mechanism", value),
    of: (fact) => (fact.kind === "mechanism" ? fact.type : null) },
  fp: { name: "province", values: () => distinct(districts.map((district) => district.group)),
    label: (value) => (districts.find((district) => district.group === value) || {}).province || value,
    of: (fact) => (districtByCode.get(fact.division) || {}).group },
  fl: { name: "level", values: () => mostFrequent((fact) => fact.level), label: (value) => value, of: (fact) => fact.level },
  fu: { name: "unit", values: () => mostFrequent((fact) => fact.unit), label: (value) => value, of: (fact) => fact.unit },
};
const MOST_OPTIONS = 60;

/** The values of a field, the most frequent first. */
function mostFrequent(of) {
  const groups = [...groupBy(DATA.facts.filter((fact) => of(fact)), of)];
  return groups.sort((a, b) => b[1].length - a[1].length || compare(a[0], b[0])).slice(0, MOST_OPTIONS).map(([value]) => value);
}

function anyFilter() {
  return Object.keys(FILTERS).some((key) => state[key]);
}

/** Whether a fact has what every chosen filter asks for. */
function passesFilters(fact) {
  for (const key of Object.keys(FILTERS)) if (state[key] && FILTERS[key].of(fact) !== state[key]) return false;
  return true;
}

function filterBar() {
  return h("div", { class: "filters", role: "group", "aria-label": t("filters") },
    Object.entries(FILTERS).map(([key, filter]) => filterPicker(key, filter)),
    anyFilter() ? h("a", { class: "pill", href: linkWith(Object.fromEntries(Object.keys(FILTERS).map((key) => [key, null]))) }, t("clearFilters")) : null);
}

function filterPicker(key, filter) {
  const values = filter.values();
  if (values.length < 2 && !state[key]) return null;
  const select = h("select", { id: "filter-" + key, onchange: (event) => { location.hash = linkWith({ [key]: event.currentTarget.value || null, f: null }); } },
    h("option", { value: "" }, t("all")),
    values.map((value) => h("option", { value, selected: state[key] === value }, shorten(filter.label(value), 24))));
  return h("label", null, t(filter.name), " ", select);
}
