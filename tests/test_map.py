"""The map of hops, as text, for Mermaid and for Graphviz."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from link_project import app, checked, edge
from mtlslint.maps import drawing, formats
from mtlslint.maps._graph import Protection, graph

UPSTREAM_TLS = """
        proxy_ssl_verify on;
        proxy_ssl_trusted_certificate /etc/nginx/back.pem;
"""
CERTIFICATE = """
        proxy_ssl_certificate /etc/nginx/edge.pem;
        proxy_ssl_certificate_key /etc/nginx/edge.key;
"""


def location(directives: str) -> dict[str, str]:
    return {"edge.conf": edge("PASS").replace("proxy_pass http://PASS;", directives)}


PROJECT = {
    "compose.yaml": """\
        services:
          edge:
            image: nginx:1.28
            volumes: ["./edge.conf:/etc/nginx/conf.d/edge.conf:ro"]
          orders:
            build: ./orders
            ports: ["3000:3000"]
        """,
    "edge.conf": edge("orders:3000"),
    "orders/app.py": app(3000),
}


def drawn(files: dict[str, str], format: str) -> str:
    return drawing(format).render(graph(checked(files)), False)


def test_the_formats_are_those_the_command_offers() -> None:
    from mtlslint.arguments import DRAWINGS

    assert sorted(DRAWINGS) == sorted(formats())


def test_a_tree_shows_what_protects_each_way() -> None:
    assert drawn(PROJECT, "text") == (
        "network\n"
        "├─ mutual TLS → edge.conf: server shop.example.com, listen 443\n"
        "│  └─ plaintext → orders/app.py: uvicorn.run\n"
        "└─ plaintext → orders/app.py: uvicorn.run\n"
    )


@pytest.mark.parametrize(
    ("directives", "protection"),
    [
        ("proxy_pass http://a.example.com:80;", Protection.PLAINTEXT),
        ("proxy_pass https://a.example.com;", Protection.UNVERIFIED),
        (f"proxy_pass https://a.example.com;{UPSTREAM_TLS}", Protection.VERIFIED),
        (f"proxy_pass https://a.example.com;{UPSTREAM_TLS}{CERTIFICATE}", Protection.MUTUAL),
        ("proxy_pass https://a.example.com; proxy_ssl_verify $check;", Protection.UNKNOWN),
    ],
)
def test_a_hop_is_marked_by_what_protects_it(directives: str, protection: Protection) -> None:
    ways = graph(checked(location(directives))).ways
    assert [way.protection for way in ways if way.source != "network"] == [protection]


def test_only_what_is_asked_for_is_drawn() -> None:
    result = checked({**PROJECT, "other/app.py": app(9000)})
    labels = [spot.label for spot in graph(result, ["other"]).spots]
    assert labels == ["network", "other/app.py: uvicorn.run"]


def test_a_ring_of_proxies_has_an_end() -> None:
    ring = "server { listen 80; location / { proxy_pass http://{}:80; } }"
    text = drawn(
        {"a/nginx.conf": ring.replace("{}", "b"), "b/nginx.conf": ring.replace("{}", "a")}, "text"
    )
    assert text.count("\n") < 12


def test_a_long_chain_is_drawn_to_its_end() -> None:
    from mtlslint.maps._graph import Graph, Spot, Way

    spots = tuple(Spot(str(number), f"hop {number}") for number in range(3000))
    ways = tuple(Way(str(number), str(number + 1), Protection.MUTUAL) for number in range(2999))
    assert drawing("text").render(Graph(spots, ways), False).count("\n") == 3000


def test_labels_cannot_leave_their_quotation_marks() -> None:
    hostile = {"edge.conf": edge('a"]; click n0 "javascript:alert(1)":80').replace("shop", "<b>")}
    for line in drawn(hostile, "mermaid").splitlines()[1:]:
        assert re.fullmatch(
            r'  (n\d+(\[|\(\[)"[\w .,:/=*()+#;-]*"(\]|\]\))'
            r'|n\d+ -\.?->\|"[\w .,:/=*()+#;-]*"\| n\d+|linkStyle [\d,]+ stroke:#\w+,color:#\w+)',
            line,
        )


def test_graphviz_reads_labels_back() -> None:
    text = drawn(PROJECT, "dot")
    labels = [json.loads(found) for found in re.findall(r'label=("(?:[^"\\]|\\.)*")', text)]
    assert "edge.conf: server shop.example.com, listen 443" in labels
    assert text.splitlines()[0] == "digraph hops {"
    assert text.splitlines()[-1] == "}"


def mermaid_script() -> str | None:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    found = (Path(folder) / "mermaid.min.js" for folder in folders)
    return next((str(path) for path in found if path.is_file()), None)


@pytest.mark.skipif(
    not (shutil.which("chromium") and mermaid_script()), reason="needs Chromium and Mermaid"
)
def test_mermaid_itself_draws_it_in_a_browser(tmp_path: Path) -> None:
    chart = drawn(
        {**PROJECT, "edge.conf": edge("orders:3000").replace("shop", "büro<b>")}, "mermaid"
    )
    page = tmp_path / "page.html"
    page.write_text(
        f"""<!doctype html><meta charset="utf-8"><body></body>
        <script src="file://{mermaid_script()}"></script>
        <script>
        mermaid.initialize({{startOnLoad: false, securityLevel: "strict"}});
        mermaid.render("chart", {json.dumps(chart)}).then(
            (drawn) => {{ document.body.innerHTML = drawn.svg; }},
            (error) => {{ document.body.textContent = "failed: " + error; }},
        );
        </script>""",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=30000"),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    body = done.stdout.partition("<body>")[2].partition("<script")[0]
    words = html.unescape(re.sub(r"<[^>]*>", " ", body))
    assert "<svg" in body
    assert "failed" not in words
    for expected in (
        "network",
        "mutual TLS",
        "plaintext",
        "orders/app.py: uvicorn.run",
        "büro<b>",
    ):
        assert expected in words
