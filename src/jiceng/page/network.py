"""The first picture in the terms of pyvis: its nodes, edges and options, which its bundled library draws.

pyvis' own template is not used: it loads Bootstrap from another host and writes data into scripts. The
page passes pyvis' data to the same library from a script of its own. Nor is its package imported: that would
import networkx, IPython and Jinja, as long as all of a small build takes that knows its documents already.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from jiceng.page.layout import Picture
from jiceng.page.overview import Link, Node

#: No physics: places are computed beforehand. Colours and fonts follow the reader's theme, in the script.
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "chosen": False},
    "edges": {
        "chosen": False,
        "selectionWidth": 0,
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.55},
    },
    "interaction": {
        "dragNodes": True,
        "hover": True,
        "tooltipDelay": 150,
        "multiselect": False,
        "selectConnectedEdges": False,
        "keyboard": False,
    },
}


def draw(picture: Picture) -> dict[str, Any]:
    """pyvis' nodes, edges and options for a picture, and the places of its narrow arrangement."""
    vis_node, vis_edge = _class("node", "Node"), _class("edge", "Edge")
    overview = picture.overview
    nodes = [
        vis_node(node.id, _shape(node), node.label, **_node(node, picture)).options
        for node in (*overview.districts, *overview.mechanisms, *overview.types)
    ]
    edges = [vis_edge(link.source, link.target, **_edge(link)).options for link in overview.links]
    provinces = [
        {"label": run.name, "left": round(run.left, 1), "right": round(run.right, 1), "y": round(run.y, 1)}
        for run in picture.provinces
    ]
    return {"nodes": nodes, "edges": edges, "options": OPTIONS, "provinces": provinces}


def library() -> str:
    """The text of vis-network, as pyvis ships it."""
    return (_pyvis() / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")


def modules() -> bytes:
    """What pyvis writes nodes and edges with, as it is installed."""
    return b"".join((_pyvis() / f"{name}.py").read_bytes() for name in ("node", "edge"))


@cache
def _pyvis() -> Path:
    """Where pyvis is; raises ModuleNotFoundError if it is not installed."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("No module named 'pyvis'", name="pyvis")
    return Path(spec.origin).parent


@cache
def _class(module: str, name: str) -> Any:
    """A class of a module of pyvis that imports nothing itself."""
    spec = spec_from_file_location(f"pyvis.{module}", _pyvis() / f"{module}.py")
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return getattr(found, name)


def _shape(node: Node) -> str:
    return "dot" if node.kind in ("district", "province") else "box"


def _node(node: Node, picture: Picture) -> dict[str, Any]:
    x, y = picture.wide[node.id]
    narrow = picture.narrow[node.id]
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "narrow": [round(narrow[0], 1), round(narrow[1], 1)],
        "kind": node.kind,
        "ref": node.ref,
        "of": node.group,
        "facts": node.facts,
        "districts": node.districts,
    }


def _edge(link: Link) -> dict[str, Any]:
    return {
        "id": f"{link.source}>{link.target}",
        "kind": link.kind,
        "weight": link.weight,
        "strong": link.strong,
    }
