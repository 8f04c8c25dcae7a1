// Words of the split page, and names that come from its overview.

Object.assign(WORDS.zh, {
  search: "搜索做法、机构、数字……",
  searchLabel: "在名称中搜索",
  loading: "正在载入……",
  notLoaded: "{file} 没有载入：请把 page 文件夹与本页放在一起，或重新载入本页",
  loadedN: "已载入 {n} 条",
  loadMore: "继续载入（{n} / {all}）",
  showAll: "全部显示（{n}）",
  addDistrict: "加入区县",
  chooseProvince: "选择省份",
  provinces: "各省",
  searched: "已搜索 {n} / {all}",
  tooMany: "名称太多，请先选择省份",
  loadedOnly: "图中只有已载入的区县",
  otherDistrict: "换一个区县",
});
Object.assign(WORDS.en, {
  search: "Search practices, bodies, numbers…",
  searchLabel: "Search names",
  loading: "Loading…",
  notLoaded: "{file} was not loaded: keep the folder page beside this file, or reload the page",
  loadedN: "{n} loaded",
  loadMore: "Load more ({n} of {all})",
  showAll: "Show all {n}",
  addDistrict: "Add a district",
  chooseProvince: "Choose a province",
  provinces: "Provinces",
  searched: "{n} of {all} searched",
  tooMany: "Too many names: choose a province first",
  loadedOnly: "Only districts that are loaded are drawn",
  otherDistrict: "Another district",
});

function practiceLabel(key) {
  const known = DATA.labels.practice[key];
  if (known) return known[language];
  const other = practiceByKey.get(key) || shares.mechanisms.get(key);
  if (other) return other.label;
  const [fact] = factsOfMechanism.get(key) || [];
  return fact ? fact.label : key;
}

/** How many districts use a mechanism, as far as the overview knows. */
function usersOf(key) {
  const practice = practiceByKey.get(key);
  return practice ? practice.users : usersByKey.get(key) || 0;
}
