"""Which versions a project runs on, by what it declares."""

from __future__ import annotations

import pytest
from mtlslint.targets import NEWEST, Range, Targets, declared_targets, declares

LOCK = b"""
[[package]]
name = "native-tls"
version = "0.2.11"

[[package]]
name = "openssl"
version = "0.10.64"
"""


def declared(files: dict[str, bytes]) -> Targets:
    return Targets(declared=declared_targets(files.items()))


def low(targets: Targets, library: str, path: str) -> tuple[int, ...]:
    found = targets.of(library, path)
    assert found
    return found.low


def test_the_nearest_lock_file_above_counts() -> None:
    targets = declared({"Cargo.lock": LOCK, "new/Cargo.lock": LOCK.replace(b"0.2.11", b"0.2.16")})
    assert low(targets, "native-tls", "src/main.rs") == (0, 2, 11)
    assert low(targets, "native-tls", "new/src/main.rs") == (0, 2, 16)
    assert targets.of("native-tls", "src/main.rs").source == "Cargo.lock has native-tls 0.2.11"


def test_a_members_own_lock_file_is_not_heeded() -> None:
    newer = LOCK.replace(b"0.2.11", b"0.2.16")
    files = {"Cargo.toml": b"[workspace]\nmembers = ['crates/*', 'edge']", "Cargo.lock": LOCK}
    targets = declared({**files, "crates/a/Cargo.lock": newer, "other/Cargo.lock": newer})
    assert low(targets, "native-tls", "crates/a/src/main.rs") == (0, 2, 11)
    assert low(targets, "native-tls", "other/src/main.rs") == (0, 2, 16)
    assert low(
        declared({"Cargo.toml": b"[workspace", "edge/Cargo.lock": newer}), "native-tls", "edge/a"
    ) == (0, 2, 16)


@pytest.mark.parametrize(
    ("name", "text", "library", "wanted"),
    [
        ("Dockerfile", "FROM nginx:1.27.4-alpine", "nginx", (1, 27, 4)),
        ("Dockerfile.edge", "FROM docker.io/library/nginx:1.25 AS x", "nginx", (1, 25, 9999)),
        ("compose.yaml", "services:\n  a:\n    image: 'nginx:1.18'", "nginx", (1, 18, 9999)),
        ("docker-compose.prod.yml", "  image: envoyproxy/envoy:v1.20.0", "envoy", (1, 20, 0)),
        ("compose.yml", "image: envoyproxy/envoy-alpine:v1.14.4", "envoy", (1, 14, 4)),
        ("compose.yml", "- {name: a, image: nginx:1.18}", "nginx", (1, 18, 9999)),
        ("Dockerfile", "ARG BASE=envoyproxy/envoy:v1.14.1\nFROM $BASE", "envoy", (1, 14, 1)),
        ("compose.yml", "image: envoyproxy/envoy:distroless-v1.31.2", "envoy", (1, 31, 2)),
        ("values.yaml", "repository: envoyproxy/envoy\ntag: v1.16.0", "envoy", (1, 16, 0)),
        ("Dockerfile", "FROM --platform=linux/amd64 python:3.8-slim", "python", (3, 8, 9999)),
        ("Dockerfile", "FROM nginx:1.27.4\nFROM nginx:1.20", "nginx", (1, 20, 9999)),
        ("Dockerfile", "ARG NGINX=1.25.3\nFROM nginx:${NGINX}-alpine", "nginx", (1, 25, 3)),
        ("compose.yml", "image: nginx:${NGINX_VERSION:-1.24}", "nginx", (1, 24, 9999)),
        ("Containerfile", "FROM openresty/openresty:1.21.4.1-0-alpine", "nginx", (1, 21, 4)),
        ("edge.yaml", "apiVersion: apps/v1\n      - image: nginx:1.25", "nginx", (1, 25, 9999)),
        ("values.yaml", "image:\n  repository: bitnami/nginx\n  tag: 1.26.0", "nginx", (1, 26, 0)),
        ("Dockerfile", "FROM nginx", "nginx", (1, 28)),
        ("Dockerfile", "FROM nginx:stable-alpine AS edge", "nginx", (1, 28)),
        ("compose.yml", "image: nginx:1-alpine", "nginx", (1, 28)),
        ("Dockerfile", "FROM python:3-slim", "python", (3, 13)),
        ("Dockerfile", "FROM registry.example.com:5000/nginx", "nginx", (1, 28)),
        ("Dockerfile", "FROM public.ecr.aws/docker/library/nginx:stable", "nginx", (1, 28)),
        ("Dockerfile", "FROM ourteam/nginx:1.25.3", "nginx", (1, 25, 3)),
        ("pyproject.toml", '[project]\nrequires-python = ">=3.11"', "python", (3, 11)),
        ("setup.py", 'setup(\n    python_requires=">=3.7, <4",\n)', "python", (3, 7)),
    ],
)
def test_what_files_declare(name: str, text: str, library: str, wanted: tuple[int, ...]) -> None:
    assert declares(name)
    assert low(declared({name: text.encode()}), library, "x/y") == wanted


def test_several_images_span_all_their_versions() -> None:
    found = declared({"Dockerfile": b"FROM nginx:1.20 AS a\nFROM nginx:1.27.4"}).of("nginx", "x")
    assert found
    assert (found.low, found.high) == ((1, 20, 9999), (1, 27, 4, 9999))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile", "FROM nginx:latest@sha256:0a1b"),
        ("Dockerfile", "FROM nginx:${NGINX_VERSION}"),
        ("Dockerfile", "FROM nginx:our-own"),
        ("Dockerfile", "FROM nginx:stable-alpine3.17"),
        (".gitlab-ci.yml", "image: nginx:1.18"),
        ("Dockerfile", "# FROM nginx:1.27.4"),
        ("Dockerfile", "FROM ourteam/nginx"),
        ("Dockerfile", "FROM registry.example.com/web/nginx:latest"),
        ("Dockerfile", "FROM ourteam/nginx:1.0.4"),
        ("Dockerfile", "FROM my-nginx:1.27.4"),
        ("compose.yml", "image: nginx/nginx-prometheus-exporter:1.3"),
    ],
)
def test_what_names_no_version_declares_none(name: str, text: str) -> None:
    assert "assumed" in declared({name: text.encode()}).of("nginx", "x").source


def test_what_kustomize_writes_over_manifests_counts() -> None:
    files = [
        ("a/deploy.yaml", b"apiVersion: apps/v1\n      - image: envoyproxy/envoy:v1.18.2"),
        ("a/kustomization.yaml", b"images:\n- name: envoyproxy/envoy\n  newTag: v1.33.0\n"),
    ]
    assert Targets({}, declared_targets(files)).of("envoy", "a/envoy.yaml").low == (1, 33, 0)
    assert declares("kustomization.yaml")


def test_a_file_runs_on_the_image_that_it_is_mounted_into() -> None:
    compose = b"""services:
  edge:
    image: envoyproxy/envoy:v1.33.2
    volumes: ["./edge.yaml:/etc/envoy/envoy.yaml:ro"]
  legacy:
    image: envoyproxy/envoy:v1.19.1
    volumes:
      - ./old:/etc/envoy
"""
    targets = Targets({}, declared_targets([("site/compose.yaml", compose)]))
    lowest = {
        name: targets.of("envoy", f"site/{name}").low
        for name in ("edge.yaml", "old/envoy.yaml", "other.yaml")
    }
    assert lowest == {
        "edge.yaml": (1, 33, 2),
        "old/envoy.yaml": (1, 19, 1),
        "other.yaml": (1, 19, 1),
    }


def test_metadata_goes_before_images_and_configuration_before_both() -> None:
    files = {"Dockerfile": b"FROM python:3.12", "pyproject.toml": b'requires-python = ">=3.8"'}
    assert low(declared(files), "python", "app.py") == (3, 8)
    own = {"python": Range((3, 13), NEWEST, "configured")}
    assert low(Targets(own, declared_targets(files.items())), "python", "app.py") == (3, 13)


def test_a_lock_file_above_goes_before_a_manifest_beside() -> None:
    manifest = b'[dependencies]\nnative-tls = { version = "0.2.18", features = [] }\n'
    alone = declared({"tls/Cargo.toml": manifest})
    assert low(alone, "native-tls", "tls/src/lib.rs") == (0, 2, 18)
    both = declared({"tls/Cargo.toml": manifest, "Cargo.lock": LOCK})
    assert low(both, "native-tls", "tls/src/lib.rs") == (0, 2, 11)
