"""The first picture: what is in it and where it stands."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from jiceng.page.layout import STEP, WIDEST, place
from jiceng.page.network import draw
from jiceng.page.overview import MOST_DISTRICTS, MOST_SHARED, TYPES, summarise

facts = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["mechanism", "measurement"]),
            "division": st.sampled_from([f"{p}010{d}" for p in (11, 22, 33) for d in range(1, 8)]),
            "type": st.sampled_from([*TYPES, "unheard_of"]),
            "mechanism": st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", None]),
            "label": st.sampled_from(["名", "称"]),
        }
    ),
    max_size=60,
)


def districts_of(found: list[dict[str, str]]) -> list[dict[str, str]]:
    codes = sorted({fact["division"] for fact in found})
    return [{"code": code, "name": code, "group": code[:2], "province": code[:2]} for code in codes]


@given(facts)
def test_a_mechanism_is_drawn_only_where_districts_share_it(found: list[dict[str, str]]) -> None:
    overview = summarise(found, districts_of(found))
    for node in overview.mechanisms:
        users = {f["division"] for f in found if f["kind"] == "mechanism" and f["mechanism"] == node.ref}
        linked = {
            link.source[1:] for link in overview.links if link.kind == "shares" and link.target == node.id
        }
        assert users == linked
        assert len(users) == node.districts >= 2
    for kind in overview.types:
        assert sum(node.group == kind.ref for node in overview.mechanisms) <= MOST_SHARED


@given(facts)
def test_links_join_nodes_that_are_drawn_and_count_all_uses(found: list[dict[str, str]]) -> None:
    overview = summarise(found, districts_of(found))
    nodes = {n.id for n in (*overview.districts, *overview.mechanisms, *overview.types)}
    assert all(link.source in nodes and link.target in nodes for link in overview.links)
    uses = sum(link.weight for link in overview.links if link.kind == "uses")
    assert uses == sum(fact["kind"] == "mechanism" for fact in found) == sum(n.facts for n in overview.types)


@given(facts)
def test_nothing_stands_on_anything_else(found: list[dict[str, str]]) -> None:
    picture = place(summarise(found, districts_of(found)))
    for places, apart in ((picture.wide, (80, 45)), (picture.narrow, (100, 40))):
        points = list(places.values())
        for i, (x, y) in enumerate(points):
            for other_x, other_y in points[i + 1 :]:
                assert abs(x - other_x) >= apart[0] or abs(y - other_y) >= apart[1]


def crowd(count: int, of_a_province: int) -> list[dict[str, str]]:
    """A mechanism in each of so many districts, so many of them in each province."""
    codes = [f"{11 + n // of_a_province}01{1 + n % of_a_province:02}" for n in range(count)]
    return [
        {"kind": "mechanism", "division": code, "type": "grid", "mechanism": "甲", "label": "甲"}
        for code in codes
    ]


def rows_of(found: list[dict[str, str]]) -> list[list[float]]:
    picture = place(summarise(found, districts_of(found)))
    places = [picture.wide[node.id] for node in picture.overview.districts]
    return [sorted(x for x, y in places if y == row) for row in sorted({y for _, y in places})]


def test_twenty_districts_of_as_many_provinces_stand_in_one_row_that_is_no_wider_than_others() -> None:
    (row,) = rows_of(crowd(20, 1))
    assert row[-1] - row[0] <= WIDEST
    assert min(right - left for left, right in pairwise(row)) >= STEP - 1e-6


def test_rows_are_about_as_long_as_each_other() -> None:
    assert [len(row) for row in rows_of(crowd(25, 3))] == [12, 13]
    assert [len(row) for row in rows_of(crowd(36, 4))] == [18, 18]


def test_no_districts_at_all_give_an_empty_picture() -> None:
    drawn = draw(place(summarise([], [])))
    assert drawn["nodes"] == drawn["edges"] == drawn["provinces"] == []


def test_of_many_districts_the_provinces_are_drawn_and_nothing_is_lost() -> None:
    found = [
        {"kind": "mechanism", "division": f"{p}01{d:02}", "type": "grid", "mechanism": "甲", "label": "甲"}
        for p in (11, 22, 33)
        for d in range(1, MOST_DISTRICTS // 3 + 2)
    ]
    overview = summarise(found, districts_of(found))
    assert [node.ref for node in overview.districts] == ["11", "22", "33"]
    assert (
        sum(node.districts for node in overview.districts)
        == sum(n.facts for n in overview.types)
        == len(found)
    )
    assert {link.source for link in overview.links if link.kind == "shares"} == {"p11", "p22", "p33"}
    assert draw(place(overview))["provinces"] == []


def test_districts_stand_together_by_province() -> None:
    found = [
        {"kind": "mechanism", "division": code, "type": "grid", "mechanism": "甲", "label": "甲"}
        for code in ("330102", "110101", "330101")
    ]
    drawn = draw(place(summarise(found, districts_of(found))))
    across = sorted((n["x"], n["ref"]) for n in drawn["nodes"] if n["kind"] == "district")
    assert [ref for _, ref in across] == ["110101", "330101", "330102"]
    assert [run["label"] for run in drawn["provinces"]] == ["11", "33"]
    assert drawn["options"]["physics"]["enabled"] is False


def test_nodes_edges_and_options_are_those_of_a_network_of_pyvis() -> None:
    found = [
        {"kind": "mechanism", "division": code, "type": "grid", "mechanism": "甲", "label": "甲"}
        for code in ("330102", "110101", "330101")
    ]
    drawn = draw(place(summarise(found, districts_of(found))))
    network = Network()
    for node in drawn["nodes"]:
        told = {k: v for k, v in node.items() if k not in ("id", "label", "shape")}
        network.nodes.append(Node(node["id"], node["shape"], node["label"], **told).options)
    for edge in drawn["edges"]:
        told = {k: v for k, v in edge.items() if k not in ("from", "to")}
        network.edges.append(Edge(edge["from"], edge["to"], **told).options)
    network.set_options(json.dumps(drawn["options"]))
    nodes, edges, *_, options = network.get_network_data()
    assert json.dumps([nodes, edges]) == json.dumps([drawn["nodes"], drawn["edges"]])
    assert json.loads(options) == drawn["options"]
