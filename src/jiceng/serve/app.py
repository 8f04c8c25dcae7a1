"""The web application: a SPARQL 1.1 Protocol endpoint, the page of a built folder, and a query editor."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode, RdfFormat, Store
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jiceng import query
from jiceng.graph.namespaces import PREFIXES, RDF
from jiceng.page.division import FOLDER
from jiceng.query.guard import declared
from jiceng.resources import ontology_directory
from jiceng.serve.description import described
from jiceng.serve.kept import Kept
from jiceng.serve.pool import Limits, Pool, serving
from jiceng.serve.protocol import TRIPLES, ProtocolError, Reply, best, request_of

LARGEST_REQUEST = 1 << 20
"""Bytes of a request's body."""
_BODY_SECONDS = 15
_SOON = 0.05
"""Seconds in which most answers come; only then it is watched whether the client still waits."""
_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def application(graph: Path, limits: Limits, token: str | None = None) -> Starlette:
    """The application over a built folder or an RDF file.

    With a `token` every request must carry it (`Authorization: Bearer …`, or the password of HTTP Basic).
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with serving(graph, limits) as pool:
            app.state.pool = pool
            app.state.kept = Kept(limits.kept)
            yield

    page = graph / "index.html" if graph.is_dir() else None
    # Of a large corpus the page loads each district's data; nothing else of the folder is given out.
    beside = graph / FOLDER
    data = [Mount("/page", StaticFiles(directory=beside))] if beside.is_dir() else []

    async def start(request: HttpRequest) -> Response:
        if page is not None and page.is_file():
            return FileResponse(page)
        return RedirectResponse("editor/")

    offered = _questions()

    async def questions(request: HttpRequest) -> Response:
        return Response(offered, media_type="application/json")

    middleware = [
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
        ),
        Middleware(Guarded, token=token),
    ]
    return Starlette(
        routes=[
            Route("/", start),
            Route("/sparql", _sparql, methods=["GET", "POST"]),
            Route("/questions.json", questions),
            *data,
            Mount("/editor", StaticFiles(directory=_STATIC, html=True)),
        ],
        middleware=middleware,
        lifespan=lifespan,
    )


class Guarded:
    """What every answer carries, and the token that every request must."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if scope["path"].startswith("/page/"):
                    headers["Cache-Control"] = "no-cache"  # asked anew each time, sent when it has changed
                if scope["path"].startswith("/editor"):
                    headers["Content-Security-Policy"] = _POLICY
            await send(message)

        # A browser asks beforehand without the token (CORS), so that question is always answered.
        if self.token is not None and scope["method"] != "OPTIONS":
            given = _token(Headers(scope=scope).get("authorization", ""))
            if not hmac.compare_digest(given, self.token.encode()):
                refusal = PlainTextResponse(
                    "a token is needed\n", 401, {"WWW-Authenticate": 'Basic realm="jiceng"'}
                )
                await refusal(scope, receive, headed)
                return
        await self.app(scope, receive, headed)


def _token(header: str) -> bytes:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode("latin-1")  # as a header's bytes are decoded
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""


async def _sparql(request: HttpRequest) -> Response:
    pool: Pool = request.app.state.pool
    accept = request.headers.get("accept", "*/*")
    try:
        pairs = parse_qsl(request.url.query, keep_blank_values=True, errors="strict")
        if request.method == "POST":
            pairs += await _posted(request)
        elif not pairs:
            return _service(request, accept)
        asked = request_of(pairs, accept, str(request.url.replace(query="")))
    except ProtocolError as error:
        return PlainTextResponse(f"{error}\n", error.status)
    except UnicodeDecodeError:
        return PlainTextResponse("the request is not UTF-8\n", 400)
    kept: Kept = request.app.state.kept
    before = kept.get(asked)
    if before is not None:
        return _response(before)
    answer = asyncio.ensure_future(pool.answer(asked))
    if not (await asyncio.wait({answer}, timeout=_SOON))[0]:
        gone = asyncio.ensure_future(_gone(request))
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not answer.done():
            answer.cancel()  # its process ends with it
            await asyncio.wait({answer})
            return PlainTextResponse("nobody waits\n", 499)
    reply = answer.result()
    kept.put(asked, reply)
    return _response(reply)


async def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/sparql-update":
        raise ProtocolError(403, "updates are refused; a graph is changed by building it")
    if kind not in ("application/x-www-form-urlencoded", "application/sparql-query"):
        raise ProtocolError(
            415,
            f"{kind or 'no content type'}: send a form or application/sparql-query",
        )
    body = (await _body(request)).decode("utf-8")
    if kind == "application/sparql-query":
        return [("query", body)]
    return parse_qsl(body, keep_blank_values=True, errors="strict")


async def _body(request: HttpRequest) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_REQUEST:
                    raise ProtocolError(413, f"the request is larger than {LARGEST_REQUEST} bytes")
    except TimeoutError:
        raise ProtocolError(408, f"the request took longer than {_BODY_SECONDS} s to arrive") from None
    return bytes(body)


async def _gone(request: HttpRequest) -> None:
    """Returns when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(reply: Reply) -> Response:
    headers = {"Vary": "Accept"}
    if reply.status == 503:
        headers["Retry-After"] = "5"
    if reply.file is not None:
        return FileResponse(
            reply.file,
            reply.status,
            headers,
            media_type=reply.media_type,
            background=BackgroundTask(os.unlink, reply.file),
        )
    return Response(reply.body, reply.status, headers, media_type=reply.media_type)


def _service(request: HttpRequest, accept: str) -> Response:
    """The service's description (SPARQL 1.1 Service Description), or the editor for a browser."""
    kinds = tuple(TRIPLES)
    if "text/html" in accept:
        return RedirectResponse("editor/")
    kind = best(accept, kinds)
    if kind is None:
        return PlainTextResponse(f"{accept}: none of these is given\n", 406)
    return Response(described(str(request.url.replace(query="")), TRIPLES[kind]), media_type=kind)


def _questions() -> str:
    """What the editor offers: prefixes, terms to complete, and the named questions."""
    terms = Store()
    terms.load(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE)

    def of(*kinds: str) -> list[str]:
        found = (
            quad.subject for kind in kinds for quad in terms.quads_for_pattern(None, RDF.type, _owl(kind))
        )
        return sorted({node.value for node in found if isinstance(node, NamedNode)})

    return json.dumps(
        {
            "prefixes": dict(PREFIXES),
            "classes": of("Class"),
            "properties": of("ObjectProperty", "DatatypeProperty", "AnnotationProperty"),
            "questions": [
                {"name": q.name, "title": q.title, "title_zh": q.title_zh, "text": declared(q.text)}
                for q in query.named()
            ],
        },
        ensure_ascii=False,
    )


def _owl(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/2002/07/owl#{name}")
