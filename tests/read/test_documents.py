"""Files of other formats, made by other people's tools (files/make.py), and what may be wrong with them."""

import io
import json
import struct
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiceng.days import Month, Year
from jiceng.errors import ReadError
from jiceng.model import Source
from jiceng.read import Columns, Input, find_inputs, read_bytes, read_documents

FILES = Path(__file__).parent / "files"
CHINESE = Columns("正文", "日期", "来源", "标题", "网址")
TITLE = "五华区：翠湖边上的网格议事"
#: Beginnings of the report's paragraphs, in their order.
ORDER = (
    TITLE,
    "昆明市五华区坚持",
    "一、织密",
    "全区划分网格612个",
    "建立“小区吹哨",
    "二、建强",
    "推动业委会",
    "三、用好",
    "出台《五华区",
)


def texts(name: str, columns: Columns = Columns()) -> list[Source]:  # noqa: B008
    items = list(read_documents(Input(FILES / name, name), columns))
    assert all(isinstance(item, Source) for item in items), items
    return [item for item in items if isinstance(item, Source)]


def failures(data: bytes, name: str) -> list[str]:
    items = list(read_bytes(data, name, name))
    assert items
    assert all(isinstance(item, ReadError) for item in items), items
    return [str(item) for item in items]


@pytest.mark.parametrize("name", ["columns2.pdf", "columns3.pdf", "report.docx", "site.html"])
def test_a_report_comes_out_of_every_format_whole_and_in_order(name: str) -> None:
    (source,) = texts(name)
    places = [source.text.find(beginning) for beginning in ORDER]
    assert -1 not in places
    assert places == sorted(places)
    assert "办结率达到96.5%。" in source.text
    assert "化解矛盾纠纷1840余件。" in source.text
    assert "首页" not in source.text
    assert "版权所有" not in source.text


def test_paragraphs_of_columns_are_joined_across_lines() -> None:
    for name in ("columns2.pdf", "columns3.pdf"):
        (source,) = texts(name)
        assert len(source.text.strip().splitlines()) <= len(ORDER) + 3, name


def test_headings_and_tables_of_a_word_document_stay_what_they_are() -> None:
    (source,) = texts("report.docx")
    assert "## 一、织密组织网\n" in source.text
    assert "华山街道 | 86 | 45\n" in source.text


def test_what_a_page_says_of_itself_is_kept() -> None:
    (source,) = texts("site.html")
    assert source.origin is not None
    assert (source.origin.published, source.origin.publisher, source.origin.title) == (
        date(2023, 5, 18),
        "滇池党建网",
        TITLE,
    )
    assert source.origin.url == "https://example.org/2023/0518/1.html"


@pytest.mark.parametrize("name", ["pages.parquet", "pages.csv", "pages.jsonl"])
def test_each_row_of_a_table_is_a_document(name: str) -> None:
    first, second = texts(name, CHINESE)
    assert (first.name, second.name) == (f"{name}#1", f"{name}#2")
    assert first.text.startswith(TITLE)
    assert second.origin is not None
    assert second.origin.published == date(2022, 11, 2)
    assert (second.origin.publisher, second.origin.url) == ("果城日报", "https://example.org/2")
    assert first.origin is not None
    assert first.origin.sha256 == second.origin.sha256
    assert first.sha256 != second.sha256


def test_a_table_without_the_column_says_which_there_are() -> None:
    table = (FILES / "pages.csv").read_text("utf-8-sig").replace("正文", "报道", 1).encode()
    items = list(read_bytes(table, "pages.csv", "pages.csv"))
    assert len(items) == 2
    said = "row 1: no column text; name it by --column text=NAME (there are: 报道, 日期, 来源, 标题, 网址)"
    assert str(items[0]).endswith(said)


@pytest.mark.parametrize("name", ["pages.parquet", "pages.csv", "pages.jsonl"])
def test_columns_of_usual_chinese_names_need_not_be_named(name: str) -> None:
    assert texts(name) == texts(name, CHINESE)


def test_a_named_column_goes_before_usual_ones() -> None:
    row = '{"摘要": "小区", "正文": "大区", "发布时间": "2024-03-01"}'.encode()
    (source,) = read_bytes(row, "a.jsonl", "a.jsonl", Columns(text="摘要"))
    assert isinstance(source, Source)
    assert source.text == "小区"
    assert source.origin is not None
    assert source.origin.published == date(2024, 3, 1)


@pytest.mark.parametrize("heading", ["Text,Title,Date", " TEXT , title,DATE", "Content,Headline,PubDate"])
def test_capitals_and_spaces_of_headings_do_not_matter(heading: str) -> None:
    (source,) = read_bytes(f"{heading}\n小区,甲,2021-06-30\n".encode(), "a.csv", "a.csv")
    assert isinstance(source, Source)
    assert source.origin is not None
    assert (source.text, source.origin.title, source.origin.published) == ("小区", "甲", date(2021, 6, 30))


def test_a_heading_as_it_is_named_goes_before_one_of_other_capitals() -> None:
    (source,) = read_bytes("Text,text\n大区,小区\n".encode(), "a.csv", "a.csv")
    assert isinstance(source, Source)
    assert source.text == "小区"


def test_a_folder_may_hold_tables_with_and_without_the_named_columns() -> None:
    usual = '{"text": "小区", "title": "甲", "date": "2021-06-30"}'.encode()
    (source,) = read_bytes(usual, "a.jsonl", "a.jsonl", CHINESE)
    assert isinstance(source, Source)
    assert source.text == "小区"
    assert source.origin is not None
    assert (source.origin.title, source.origin.published) == ("甲", date(2021, 6, 30))
    (neither,) = read_bytes(b'{"body": "x"}', "a.jsonl", "a.jsonl", CHINESE)
    assert "no column 正文" in str(neither)


@pytest.mark.parametrize("written", ["20210630", "2021/6/30 08:15", "2021年6月30日", "2021-06-30T08:00:00"])
def test_days_of_tables_are_read_as_they_are_written(written: str) -> None:
    (source,) = read_bytes(f"text,date\n小区,{written}\n".encode(), "a.csv", "a.csv")
    assert isinstance(source, Source)
    assert source.origin is not None
    assert source.origin.published == date(2021, 6, 30)


@pytest.mark.parametrize("written", ["2021年6月", "2021年06月份", "2021-06", "2021/6", " 2021.6 "])
def test_months_of_tables_are_months(written: str) -> None:
    (source,) = read_bytes(f"text,date\n小区,{written}\n".encode(), "a.csv", "a.csv")
    assert isinstance(source, Source)
    assert source.origin is not None
    assert source.origin.published == Month(2021, 6)


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.zip/b.csv"])
def test_a_table_without_rows_is_told(name: str) -> None:
    (failed,) = read_bytes("标题,正文\n".encode(), name, name)
    assert str(failed) == f"{name}: a table without rows; add some below its headings, or leave it out"


@pytest.mark.parametrize("written", ["2021年", "2021", " 2021年 "])
def test_years_of_tables_are_years(written: str) -> None:
    (source,) = read_bytes(f"text,date\n小区,{written}\n".encode(), "a.csv", "a.csv")
    assert isinstance(source, Source)
    assert source.origin is not None
    assert source.origin.published == Year(2021)


@pytest.mark.parametrize(
    "written", ["0000年", "21年", "2021年13月", "2021-00", "202106", "20211306", "2021063012"]
)
def test_what_is_no_day_is_refused_with_what_to_do(written: str) -> None:
    (failed,) = read_bytes(f"text,date\n小区,{written}\n".encode(), "a.csv", "a.csv")
    assert "or leave it empty" in str(failed)


def test_columns_are_named_or_refused() -> None:
    assert Columns.parse(["text=正文", "url=网址"]) == Columns(text="正文", url="网址")
    for wrong in ("text", "text=", "body=正文"):
        with pytest.raises(ReadError, match="write one of"):
            Columns.parse([wrong])


def test_a_bad_row_loses_no_other() -> None:
    lines = (
        '{"text": "社区"}',
        "{broken",
        "[1]",
        '{"text": ""}',
        '{"text": 7}',
        '{"text": "小区", "date": "去年"}',
        '{"text": "楼栋", "date": "2021年6月30日"}',
    )
    items = list(read_bytes("\n".join(lines).encode(), "a.jsonl", "a.jsonl"))
    said = [str(item) if isinstance(item, ReadError) else item.text for item in items]
    assert said[0] == "社区"
    assert "line 2: not JSON" in said[1]
    assert "line 3: not an object" in said[2]
    assert "its text is empty" in said[3]
    assert "its text is empty" in said[4]
    assert "date is no date" in said[5]
    assert said[6] == "楼栋"


def test_half_of_a_pair_of_surrogates_is_a_question_mark_wherever_it_stands() -> None:
    row = dict.fromkeys(("text", "title", "publisher", "url"), "社区\ud83d")
    (source,) = (item for item in read_bytes(json.dumps(row).encode(), "t.jsonl", "t.jsonl"))
    assert isinstance(source, Source)
    assert source.origin
    assert {source.text, source.origin.title, source.origin.publisher, source.origin.url} == {"社区?"}


def test_an_archive_gives_what_it_holds() -> None:
    names = [source.name for source in texts("all.zip")]
    assert names == ["all.zip/材料/report.docx", "all.zip/材料/site.html"]


def packed(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def test_an_archive_that_climbs_out_of_its_folder_only_names() -> None:
    data = packed(("../../etc/a.txt", "社区".encode()), ("/b.txt", "小区".encode()), (".hidden/c.txt", b"c"))
    names = [item.name for item in read_bytes(data, "x.zip", "x.zip") if isinstance(item, Source)]
    assert names == ["x.zip/etc/a.txt", "x.zip/b.txt"] or names == ["x.zip/b.txt", "x.zip/etc/a.txt"]


def test_an_archive_that_expands_without_end_is_refused() -> None:
    (said,) = failures(packed(("bomb.txt", b"0" * 30_000_000)), "x.zip")
    assert "larger than an archive may unpack to" in said
    inner = packed(("a.txt", "社区".encode()))
    for _ in range(4):
        inner = packed(("b.zip", inner))
    (said,) = failures(inner, "x.zip")
    assert "an archive in more than 3 others" in said


def test_a_name_packed_on_windows_is_read() -> None:
    data = bytearray(packed(("AAAA.txt", "社区".encode())))
    gbk = "社区".encode("gbk")
    assert data.count(b"AAAA.txt") == 2
    data = data.replace(b"AAAA.txt", gbk + b".txt")
    (source,) = read_bytes(bytes(data), "x.zip", "x.zip")
    assert isinstance(source, Source)
    assert source.name == "x.zip/社区.txt"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7\nbroken", "cannot be opened as PDF"),
        ("a.docx", b"PK\x03\x04word/document.xml", "a Word document that cannot be read"),
        ("a.zip", b"PK\x03\x04broken", "a broken zip archive"),
        ("a.zip", packed(("picture.png", b"1")), "holds no file to read"),
        ("a.html", b"<html><body></body></html>", "no main text was found"),
        ("a.parquet", b"PAR1broken", "not readable as Parquet"),
        ("a.csv", b"\x00\x01\x02" * 40, "control character"),
        ("a.txt", b"  ", "is empty"),
    ],
)
def test_what_is_broken_says_what_to_do(name: str, data: bytes, said: str) -> None:
    assert said in failures(data, name)[0]


def test_a_pdf_of_pictures_asks_for_ocr() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    data = io.BytesIO()
    document.save(data)
    assert "without a text layer; read its text by OCR first" in failures(data.getvalue(), "a.pdf")[0]


def test_notes_of_a_word_document_stand_below_its_text() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    note = "据青禾街道2022年统计，共走访450户。"
    with zipfile.ZipFile(FILES / "report.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = {
        "[Content_Types].xml": f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>',
        "word/_rels/document.xml.rels": f'<Relationship Id="rNotes" Type="{kind}" Target="footnotes.xml"/>'
        "</Relationships>",
    }
    for name, more in told.items():
        end = more[more.rindex("</") :].encode()
        parts[name] = parts[name].replace(end, more.encode())
    parts["word/footnotes.xml"] = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    (before,) = texts("report.docx")
    (item,) = read_bytes(packed(*parts.items()), "a.docx", "a.docx")
    assert isinstance(item, Source)
    assert item.text == f"{before.text}{note}\n"


def test_xml_entities_in_a_word_document_do_not_expand() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
        + b"A" * 1000
        + b'">'
        + b"".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 20}">'.encode() for i in range(8))
        + b"]><x>&i;</x>"
    )
    with zipfile.ZipFile(FILES / "report.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = bomb
    items = list(read_bytes(packed(*parts.items()), "a.docx", "a.docx"))
    assert all(isinstance(item, ReadError) or len(item.text) < 100_000 for item in items)


def test_standard_input_is_a_file_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO(json.dumps({"text": "社区"}).encode())

    monkeypatch.setattr(sys, "stdin", Pipe)
    (entry,) = find_inputs([Path("-")]).inputs
    (item,) = read_documents(entry)
    assert isinstance(item, Source)
    assert item.name == "stdin"


@pytest.mark.parametrize("name", ["columns2.pdf", "report.docx", "site.html", "pages.parquet", "all.zip"])
def test_damaged_files_give_texts_or_messages(name: str) -> None:
    whole = (FILES / name).read_bytes()

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, len(whole) - 1), st.binary(min_size=1, max_size=40), st.booleans())
    def damage(at: int, junk: bytes, cut: bool) -> None:
        data = whole[:at] + (b"" if cut else junk + whole[at + len(junk) :])
        for item in read_bytes(data, name, name, CHINESE):
            assert isinstance(item, (Source, ReadError))
            if isinstance(item, Source):
                item.text.encode()

    damage()


@given(
    st.binary(max_size=200),
    st.sampled_from(["a.txt", "a.csv", "a.jsonl", "a.html", "a.zip", "a.pdf", "a.docx"]),
)
def test_any_bytes_under_any_name_are_texts_or_messages(data: bytes, name: str) -> None:
    for item in read_bytes(data, name, name):
        assert isinstance(item, (Source, ReadError))


def test_archives_with_absurd_sizes_are_messages() -> None:
    data = bytearray(packed(("a.txt", b"0" * 100)))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
    assert list(read_bytes(bytes(data), "x.zip", "x.zip"))


LINES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=12),
        st.text(min_size=1, max_size=8).map(lambda text: json.dumps({"text": text}, ensure_ascii=False)),
    ),
    max_size=6,
)


@given(LINES, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.booleans())
@settings(deadline=None)
def test_a_table_read_line_by_line_gives_what_its_bytes_give(lines: list[str], code: str, end: bool) -> None:
    data = ("\n".join(lines) + "\n" * end).encode(code)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.jsonl"
        path.write_bytes(data)
        streamed = list(read_documents(Input(path, "pages.jsonl")))
        at_once = list(read_bytes(data, "pages.jsonl", str(path)))
    assert [str(item) for item in streamed] == [str(item) for item in at_once]
    assert [getattr(i, "origin", None) for i in streamed] == [getattr(i, "origin", None) for i in at_once]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("report.pdf", "get it again"),
        ("all.ZIP", "get it again"),
        ("report.txt", "UTF-8"),
    ],
)
def test_what_is_not_what_its_name_says_is_no_question_of_encodings(name: str, remedy: str) -> None:
    (told,) = read_bytes(bytes(range(256)), name, f"folder/{name}")
    assert isinstance(told, ReadError)
    assert str(told).startswith(f"folder/{name}: ")
    assert remedy in str(told)


def test_a_spreadsheet_is_to_be_saved_as_csv() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    (told,) = read_bytes(made.getvalue(), "table.xlsx", "folder/table.xlsx")
    assert str(told).startswith("folder/table.xlsx: ")
    assert str(told).endswith("save a spreadsheet as CSV")
