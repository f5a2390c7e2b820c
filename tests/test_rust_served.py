"""Listeners that only refuse or send clients on, in every word that says so."""

from __future__ import annotations

import pytest
from rust_project import resolve

AXUM = """use axum::{Router, routing::get};
async fn main() {
    let l = tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap();
    axum::serve(l, APP).await;
}
"""


def serves(app: str, more: str = "") -> bool:
    """Whether a server of this app is said to serve something."""
    (found,) = resolve(AXUM.replace("APP", app) + more).endpoints
    return "serves" not in found.states[0]


AWAY = (
    *("Redirect::permanent(&to(h))", "StatusCode::PERMANENT_REDIRECT", "RedirectHttps::default()"),
    *("StatusCode::MOVED_PERMANENTLY", "StatusCode::TEMPORARY_REDIRECT", "StatusCode::SEE_OTHER"),
    *("RedirectScheme::simple()", "HttpResponse::PermanentRedirect()", "http::MovedPermanently"),
    *("HttpResponse::Forbidden().finish()", "StatusCode::FORBIDDEN", "HttpResponse::Gone()"),
    *("StatusCode::GONE", "StatusCode::UPGRADE_REQUIRED"),
)


@pytest.mark.parametrize("answer", AWAY)
def test_answers_that_give_nothing(answer: str) -> None:
    handler = f"async fn away(h: Host) -> R {{ {answer} }}"
    assert not serves("Router::new().fallback(away)", handler)
    assert not serves('Router::new().route("/", get(away)).fallback(away)', handler)
    assert not serves(f"Router::new().fallback(|h: Host| async move {{ {answer} }})")
    assert not serves("Router::new().fallback(|h: Host| async move { away(h) })", handler)
    home = "async fn home() -> R { page() }"
    assert serves('Router::new().route("/", get(home)).fallback(away)', handler + home)
    assert serves('Router::new().fallback(away).route("/", get(home))', handler + home)


@pytest.mark.parametrize(
    "answer",
    [
        "StatusCode::OK",
        "StatusCode::NOT_FOUND",
        "page()",
        "if known(h) { page() } else { StatusCode::FORBIDDEN }",
        "match h { Some(h) => page(), None => StatusCode::GONE }",
        "let Some(h) = h else { return StatusCode::FORBIDDEN }; page()",
    ],
)
def test_answers_that_give_something(answer: str) -> None:
    assert serves("Router::new().fallback(give)", f"async fn give(h: Host) -> R {{ {answer} }}")


@pytest.mark.parametrize("step", ["service", "route", "configure", "nest", "merge", "resource"])
def test_what_routes_serves_although_it_may_refuse(step: str) -> None:
    app = f"HttpServer::new(|| App::new().{step}(x).default_service(|| HttpResponse::Forbidden()))"
    code = f"use actix_web::{{App, HttpServer}};\nfn main() {{ {app}.bind(A).unwrap().run(); }}"
    (found,) = (one for one in resolve(code).endpoints if "bind" in one.name)
    assert "serves" not in found.states[0]


@pytest.mark.parametrize(
    ("app", "content"),
    [
        ('Router::new().nest("/a", Router::new().fallback(away))', False),
        ("Router::new().merge(Router::new().fallback(away)).fallback(away)", False),
        ('Router::new().nest("/a", Router::new().route("/", get(home))).fallback(away)', True),
        ("Router::new()", True),
        ("app", True),
        ("made()", True),
    ],
)
def test_routers_in_routers(app: str, content: bool) -> None:
    more = "async fn away() -> R { Redirect::to(U) } async fn home() -> R { page() }"
    assert serves(app, more) is content
