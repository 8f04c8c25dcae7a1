"""Files that are made to do harm: nothing runs, nothing is fetched, time and memory stay bounded."""

import io
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiceng.errors import ReadError
from jiceng.model import Source
from jiceng.read import apart, read_bytes, read_documents, text
from jiceng.read.archive import Room
from jiceng.read.finding import Input

FILES = Path(__file__).parent / "files"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels", "docProps/core.xml")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "AAAAAAAAAA">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
    + b"]>"
)


def read(data: bytes, name: str) -> list[Source | ReadError]:
    return list(read_bytes(data, name, name))


def said(data: bytes, name: str) -> str:
    (item,) = read(data, name)
    assert isinstance(item, ReadError), item
    assert str(item).startswith(f"{name}: ")
    return str(item)


def pdf(content: bytes, filters: bytes = b"", catalog: bytes = b"") -> bytes:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> /AA << /O 6 0 R >> >>",
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\); while \\(true\\) {}) >>",
        b"<< /S /Launch /F (/bin/true) >>",
    )
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n" % (len(objects) + 1) + table + end


def docx(**parts: bytes) -> bytes:
    with zipfile.ZipFile(FILES / "report.docx") as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (whole | parts).items():
            archive.writestr(name, content)
    return data.getvalue()


def body(content: str) -> dict[str, bytes]:
    return {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'.encode()
    }


@pytest.fixture
def anew() -> Iterator[None]:
    """A process of its own for files, and none left with other limits."""
    apart._end()
    yield
    apart._end()


# --- one document that is too long ------------------------------------------------------------------------


def test_a_text_that_is_too_long_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "LONGEST", 1000)
    for name, content in (
        ("a.txt", "社" * 1001),
        ("b.txt", "a" * 4100),
        ("c.html", f"<html><body><p>{'社区党支部126个，化解矛盾。' * 90}</p></body></html>"),
    ):
        path = tmp_path / name
        path.write_text(content, "utf-8")
        (item,) = read_documents(Input(path, name))
        assert isinstance(item, ReadError)
        assert str(item).startswith(f"{path}: a text of 1,")
        assert "split it into files, or make it a table" in str(item)
    (tmp_path / "d.txt").write_text("社" * 1000, "utf-8")
    assert isinstance(next(read_documents(Input(tmp_path / "d.txt", "d.txt"))), Source)


def test_a_row_that_is_too_long_loses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LONGEST", 1000)
    lines = "\n".join(f'{{"text": "{"社" * length}"}}' for length in (3, 1001, 5))
    first, second, third = read(lines.encode(), "a.jsonl")
    assert isinstance(first, Source)
    assert "row 2: a text of 1,001 characters" in str(second)
    assert isinstance(third, Source)


def test_a_huge_file_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.write("社区".encode())
        stream.truncate(1 << 40)  # a terabyte that takes no room
    (item,) = read_documents(Input(path, "huge.txt"))
    assert "one document has at most 5,000,000" in str(item)


# --- PDF --------------------------------------------------------------------------------------------------


def test_scripts_of_a_pdf_do_not_run() -> None:
    page = b"BT /F1 12 Tf 72 700 Td (Grid 61) Tj ET"
    for catalog in (
        b"/OpenAction 6 0 R",
        b"/OpenAction 7 0 R",
        b"/Names << /JavaScript << /Names [(a) 6 0 R] >> >>",
    ):
        (item,) = read(pdf(page, catalog=catalog), "a.pdf")
        assert isinstance(item, Source)
        assert item.text.strip() == "Grid 61"


def test_a_pdf_that_unpacks_without_end_ends(anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 600 << 20)
    packed = zlib.compress(zlib.compress(b" " * 500_000_000, 1), 9)
    assert len(packed) < 50_000
    item = said(pdf(packed, b" /Filter [/FlateDecode /FlateDecode]"), "a.pdf")
    assert "without a text layer" in item or "needs more than" in item or "cannot be read" in item
    (other,) = read((FILES / "columns2.pdf").read_bytes(), "b.pdf")
    assert isinstance(other, Source)


# --- XML and HTML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_entities_do_not_expand_in_any_part_of_a_word_document(part: str) -> None:
    assert "cannot be read" in said(docx(**{part: BOMB + b"<x>&m;</x>"}), "a.docx")


def test_entities_of_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("geheim机密")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    document = body("<w:p><w:r><w:t>社区&e;</w:t></w:r></w:p>")["word/document.xml"].decode()
    page = f'<?xml version="1.0"?>{declared}<html><body><p>{"社区党支部126个，" * 30}&e;</p></body></html>'
    for data, name in (
        (docx(**{"word/document.xml": (declared + document).encode()}), "a.docx"),
        (page.encode(), "a.xhtml"),
        (page.encode(), "a.html"),
    ):
        for item in read(data, name):
            assert "机密" not in (item.text if isinstance(item, Source) else str(item))


def test_entities_do_not_expand_in_a_page() -> None:
    page = BOMB.decode() + f"<html><body><p>&m;</p>{'<p>社区党支部126个，化解矛盾。</p>' * 20}</body></html>"
    for name in ("a.xhtml", "a.html"):
        (item,) = read(page.encode(), name)
        assert isinstance(item, Source)
        assert len(item.text) < 1000


def test_a_workbook_is_no_input() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", BOMB + b"<x>&m;</x>")
    assert "holds no file to read" in said(data.getvalue(), "a.xlsx")


def test_a_cell_that_spans_a_hundred_million_columns_is_refused() -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='100000000'/></w:tcPr><w:p><w:r><w:t>社</w:t></w:r></w:p></w:tc>"
    assert "more than 1000 columns" in said(docx(**body(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")), "a.docx")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<" * 100_000,
        "<!--" * 50_000,
        "<table><tr><td>" * 20_000,
        "&a" * 100_000,
        "<a href=x>社</a><span>" * 10_000,
    ],
    ids=["nested", "open", "comments", "tables", "entities", "unclosed"],
)
def test_broken_markup_is_a_text_or_a_message(markup: str) -> None:
    page = f"<html><body>{markup}{'<p>社区党支部126个，化解矛盾。</p>' * 20}"
    (item,) = read(page.encode(), "a.html")
    assert isinstance(item, (Source, ReadError))


# --- the process for such files ---------------------------------------------------------------------------


def test_what_takes_too_long_is_ended_and_named(anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    attributes = " ".join(
        f"x{n}=1" for n in range(60_000)
    )  # a tag's attributes are compared with one another
    assert said(f"<html><body><p {attributes}>社区".encode(), "a.html") == (
        "a.html: a web page that takes longer than 1 s to read; save its text to a file"
    )
    monkeypatch.undo()
    (item,) = read((FILES / "site.html").read_bytes(), "b.html")
    assert isinstance(item, Source)


def test_a_library_that_breaks_takes_nothing_with_it(anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (item,) = read((FILES / "site.html").read_bytes(), "a.html")
    started = apart._started

    def ended() -> subprocess.Popen[bytes]:
        worker = started()
        worker.kill()
        worker.wait()
        return worker

    monkeypatch.setattr(apart, "_started", ended)
    assert "breaks the library that reads it" in said(b"<html><body>" + b"<p>x</p>" * 100_000, "b.html")
    monkeypatch.undo()
    assert read((FILES / "site.html").read_bytes(), "a.html") == [item]


def test_no_file_is_blamed_for_a_process_that_ended_before_it(anew: None) -> None:
    (item,) = read((FILES / "site.html").read_bytes(), "a.html")
    assert apart._worker is not None
    apart._worker.kill()
    apart._worker.wait()
    assert read((FILES / "site.html").read_bytes(), "a.html") == [item]


def test_an_answer_that_is_none_ends_the_process(anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(stream: object) -> None:
        raise ValueError

    monkeypatch.setattr(apart, "GRACE", 0)
    monkeypatch.setattr(apart, "_received", torn)
    assert "breaks the library that reads it" in said((FILES / "site.html").read_bytes(), "a.html")
    assert apart._worker is None


def test_the_same_comes_out_with_and_without_limits() -> None:
    for name in ("site.html", "report.docx", "columns2.pdf"):
        data = (FILES / name).read_bytes()
        kind = f".{name.rpartition('.')[2]}"
        assert apart.text_of(kind, data, name) == apart.extracted(kind, data, name)


# --- archives ---------------------------------------------------------------------------------------------


def test_archives_in_archives_share_their_room() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "社" * 30_000)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.zip", inner.getvalue())
    items = list(read_bytes(outer.getvalue(), "x.zip", "x.zip", room=Room(left=300_000)))
    assert sum(isinstance(item, Source) for item in items) == 1
    assert "larger than an archive may unpack to" in str(items[-1])
    assert len(read(outer.getvalue(), "x.zip")) == 4


def test_an_archive_of_itself_ends() -> None:
    """Every level holds the next: as endless as a file can be made without holding itself."""
    data = b""
    for _ in range(20):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.zip", data or b"PK\x03\x04")
            archive.writestr("b.txt", "社区")
        data = packed.getvalue()
    items = read(data, "x.zip")
    assert sum(isinstance(item, Source) for item in items) == 3
    assert "an archive in more than 3 others" in str(items)


def test_no_member_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../../out.txt", "/tmp/out.txt", "C:\\out.txt", "..\\..\\out.txt", "a/../../../out.txt"):
            archive.writestr(name, "社区")
    names = [item.name for item in read(packed.getvalue(), "x.zip") if isinstance(item, Source)]
    assert len(names) == 5
    assert not any(".." in name.split("/") for name in names)
    assert list(tmp_path.iterdir()) == []
