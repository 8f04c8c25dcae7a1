"""Make the sample files of this folder by other people's tools, from one invented report.

    python tests/read/files/make.py

Needs LibreOffice (soffice), Chromium with playwright, pdftotext, and pandas with pyarrow. What it
writes is committed, so that the tests need none of them.
"""

import subprocess
import zipfile
from html import escape
from pathlib import Path

import pandas
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent

TITLE = "五华区：翠湖边上的网格议事"
PARAGRAPHS = (
    "昆明市五华区坚持党建引领基层治理，构建“区委—街道党工委—社区党委—网格党支部—楼栋党小组”五级组织体系，把支部建在"
    "网格上，把服务送到居民家门口。",
    "一、织密组织网",
    "全区划分网格612个，组建网格党支部318个、楼栋党小组1105个，选出党员中心户2460余户。推行“翠湖夜话”制度，每月至少"
    "召开一次居民议事会，去年以来共收集意见建议3270条，办结率达到96.5%。",
    "建立“小区吹哨、部门报到”机制，公安、城管、住建等14个部门把力量沉到街道，累计化解矛盾纠纷1840余件。",
    "二、建强红色物业",
    "推动业委会、物业服务企业、社区三方“双向进入、交叉任职”，打造“红色物业”示范小区27个，物业费收缴率由61%提高到"
    "88%。",
    "三、用好积分制",
    "出台《五华区居民积分管理办法（试行）》，居民参加志愿服务可在“邻里超市”兑换生活用品，注册志愿者超过4.2万人。",
)
TABLE = (("街道", "网格（个）", "党支部（个）"), ("华山街道", "86", "45"), ("护国街道", "74", "39"))


def html(columns: int) -> str:
    blocks = "".join(f"<h2>{escape(p)}</h2>" if p[1] == "、" else f"<p>{escape(p)}</p>" for p in PARAGRAPHS)
    style = (
        "body { font: 14px/1.7 'Noto Sans CJK SC', sans-serif; margin: 0; }"
        " p { text-indent: 2em; margin: 0; }"
        f" h1 {{ font-size: 26px; text-align: center; }} h2 {{ font-size: 16px; }}"
        f" main {{ column-count: {columns}; column-gap: 28px; }}"
    )
    return (
        f"<!doctype html><html lang=zh><meta charset=utf-8><title>{TITLE}</title><style>{style}</style>"
        f"<body><h1>{TITLE}</h1><main>{blocks}</main></body></html>"
    )


def site() -> str:
    """The report on a county's website, with what stands around it there."""
    blocks = "".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS)
    return f"""<!doctype html><html lang="zh"><head><meta charset="gb18030"><title>{TITLE}_滇池党建网</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="滇池党建网">
<meta property="article:published_time" content="2023-05-18T09:30:00+08:00">
<link rel="canonical" href="https://example.org/2023/0518/1.html"></head>
<body><header><nav><ul><li><a href="/">首页</a></li><li><a href="/a">要闻</a></li></ul></nav></header>
<article><h1>{TITLE}</h1>{blocks}</article>
<footer><p>版权所有 滇池党建网 备案号00000000</p></footer></body></html>"""


def pdfs() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        for columns in (2, 3):
            tab.set_content(html(columns))
            (HERE / f"columns{columns}.pdf").write_bytes(
                tab.pdf(format="A4", margin={"top": "15mm", "left": "15mm", "right": "15mm"})
            )
        browser.close()
    for columns in (2, 3):
        subprocess.run(["pdftotext", "-layout", HERE / f"columns{columns}.pdf"], check=True)


def docx() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    page = HERE / "report.html"
    page.write_text(html(1).replace("</main>", f"<table border=1>{rows}</table></main>"), "utf-8")
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            HERE,
            page,
        ],
        check=True,
    )
    page.unlink()


def tables() -> None:
    body = "\n".join((TITLE, *PARAGRAPHS))
    other = "嘉陵区：社区里的板凳会\n南充市嘉陵区推行“板凳会”制度，全区建立小区党支部126个，化解纠纷530余件。"
    frame = pandas.DataFrame(
        {
            "正文": [body, other],
            "日期": [pandas.Timestamp("2023-05-18"), pandas.Timestamp("2022-11-02")],
            "来源": ["滇池党建网", "果城日报"],
            "标题": [TITLE, "嘉陵区：社区里的板凳会"],
            "网址": ["https://example.org/1", "https://example.org/2"],
        }
    )
    frame.to_parquet(HERE / "pages.parquet", index=False)
    frame.to_csv(HERE / "pages.csv", index=False, encoding="utf-8-sig")
    frame.to_json(HERE / "pages.jsonl", orient="records", lines=True, force_ascii=False, date_format="iso")


def archive() -> None:
    with zipfile.ZipFile(HERE / "all.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("report.docx", "site.html"):
            info = zipfile.ZipInfo(f"材料/{name}")
            packed.writestr(info, (HERE / name).read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    pdfs()
    docx()
    (HERE / "site.html").write_bytes(site().encode("gb18030"))
    tables()
    archive()
