"""A SPARQL 1.1 Graph Store (HTTP Protocol) that others run: put, add to and delete named graphs.

Passwords are sent as HTTP Digest, or as Basic where the connection is encrypted or stays on the machine; they
never stand in a message. Redirections are not followed: they would turn PUT into GET, and could carry a
password elsewhere.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import IO

from jiceng import __version__
from jiceng.errors import PublishError

_AGAIN = {408, 425, 429, 500, 502, 503, 504}
"""Answers after which the same request may succeed; all of ours may be repeated without harm."""
_LONGEST_WAIT = 30.0
_PLACES = (
    "Virtuoso has it at /sparql-graph-crud-auth, Fuseki at /DATASET/data, GraphDB and RDF4J at "
    "/repositories/NAME/rdf-graphs/service, Oxigraph at /store"
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who writes; the password shows in no representation."""

    user: str
    password: str = field(repr=False)


def credentials(user: str | None, file: Path | None) -> Credentials | None:
    """Who writes, with the password from a file's first line or JICENG_PASSWORD: arguments are seen by all.

    None where no user is named. Raises PublishError where the password is missing.
    """
    if not user:
        return None
    password = os.environ.get("JICENG_PASSWORD")
    if file:
        try:
            password = file.read_text("utf-8-sig").split("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise PublishError(
                f"{file}: no password can be read: {error}; write it into the first line"
            ) from error
    if not password:
        raise PublishError(
            f"--user {user}: where is the password? Write it into a file (--password-file) or into "
            "JICENG_PASSWORD"
        )
    return Credentials(user, password)


class _Direct(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


class Server:
    """The graph store at an address; `attempts` is how often a request is tried before it has failed."""

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        timeout: float = 120,
        attempts: int = 4,
        pause: float = 1,
    ) -> None:
        """Raise PublishError if the address cannot be one of a graph store."""
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise PublishError(f"{url}: is no address; write http://… or https://… ({_PLACES})")
        if parts.username or parts.password:
            raise PublishError(
                f"{parts.hostname}: write no user or password into the address, where others can see it; "
                "give --user, and the password in a file or in JICENG_PASSWORD"
            )
        self.url = url
        self._credentials = credentials
        self._private = parts.scheme == "https" or _is_local(parts.hostname)
        self._timeout = timeout
        self._attempts = attempts
        self._pause = pause
        handlers: list[urllib.request.BaseHandler] = [_Direct()]
        if credentials:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, url, credentials.user, credentials.password)
            handlers.append(urllib.request.HTTPDigestAuthHandler(known))
            if self._private:
                handlers.append(urllib.request.HTTPBasicAuthHandler(known))
        self._open = urllib.request.build_opener(*handlers).open

    def put(self, graph: str, ntriples: bytes) -> None:
        """Make a named graph hold these triples and no others."""
        self._send("PUT", graph, ntriples)

    def add(self, graph: str, ntriples: bytes) -> None:
        """Add triples to a named graph."""
        self._send("POST", graph, ntriples)

    def delete(self, graph: str) -> bool:
        """Delete a named graph; False if there was none."""
        return self._send("DELETE", graph) != 404

    def _send(self, method: str, graph: str, data: bytes | None = None) -> int:
        address = f"{self.url}{'&' if '?' in self.url else '?'}graph={urllib.parse.quote(graph, safe='')}"
        headers = {"User-Agent": f"jiceng/{__version__}"}
        if data is not None:
            headers["Content-Type"] = "application/n-triples"
        for attempt in range(1, self._attempts + 1):
            wait = self._pause * 2 ** (attempt - 1)
            try:
                # A new request each time: the authentication handlers count their tries in it.
                request = urllib.request.Request(address, data, headers, method=method)
                with self._open(request, timeout=self._timeout) as reply:
                    reply.read()
                    return int(reply.status)
            except urllib.error.HTTPError as error:
                with error:
                    if method == "DELETE" and error.code in (404, 410):
                        return 404
                    if error.code not in _AGAIN or attempt == self._attempts:
                        raise PublishError(self._told(error)) from None
                    wait = max(wait, _seconds(error.headers.get("Retry-After")))
            except UnicodeEncodeError:
                raise PublishError(
                    f"{self.url}: the server asks for HTTP Digest; user and password must be ASCII for that"
                ) from None
            except (OSError, ValueError, HTTPException) as error:
                reason = getattr(error, "reason", None) or error
                if isinstance(reason, ssl.SSLCertVerificationError):
                    raise PublishError(
                        f"{self.url}: its certificate is not trusted: {reason.verify_message}; if it is "
                        "your own, name the file of its authority in the environment variable SSL_CERT_FILE"
                    ) from None
                if isinstance(error, ValueError) or attempt == self._attempts:
                    raise PublishError(
                        f"{self.url}: cannot be reached after {attempt} attempt(s): {reason}; "
                        "check the address, and that the server runs"
                    ) from None
            time.sleep(min(wait, _LONGEST_WAIT))
        raise AssertionError("the last attempt returns or raises")

    def _told(self, error: urllib.error.HTTPError) -> str:
        said = error.read(2000).decode("utf-8", "replace").strip() if error.fp else ""
        asked = (error.headers.get("WWW-Authenticate") or "").lower()
        if error.code == 401 and self._credentials and asked.startswith("basic") and not self._private:
            remedy = "it wants the password in clear text over an unencrypted connection; use https://"
        elif error.code == 401:
            remedy = (
                "the user or the password is refused"
                if self._credentials
                else "it asks who you are; give --user, and the password in a file (--password-file) or in "
                "JICENG_PASSWORD"
            )
        elif error.code == 403:
            remedy = "the user may not write (on Virtuoso: GRANT SPARQL_UPDATE TO …)"
        elif 300 <= error.code < 400:
            remedy = f"give the address that it points to: {error.headers.get('Location', 'none')}"
        elif error.code in (404, 405, 501):
            remedy = f"is this a Graph Store (SPARQL 1.1 Graph Store HTTP Protocol)? {_PLACES}"
        elif error.code == 413:
            remedy = "the graph is larger than the server takes; raise its limit for request bodies"
        else:
            remedy = "see the server's log"
        return f"{self.url}: answers {error.code} {error.reason}: {remedy}" + (f"\n{said}" if said else "")


def _seconds(header: str | None) -> float:
    return float(header) if header and header.strip().isdecimal() else 0.0


def _is_local(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
