"""Which server of the project a hop leads to: by compose, by Kubernetes, by name and port."""

from __future__ import annotations

import pytest
from link_project import app, checked, edge, links, rules

IMAGE = "FROM python:3.12\nCOPY . .\n"
COMPOSE = """\
services:
  edge:
    image: nginx:1.28
    volumes: ["./edge.conf:/etc/nginx/conf.d/edge.conf:ro"]
  orders:
    build: ./orders
  stock:
    build: {{context: ., dockerfile: stock/Dockerfile}}
    {more}
"""


def compose(upstream: str, more: str = "", **files: str) -> dict[str, str]:
    return {
        "compose.yaml": COMPOSE.format(more=more),
        "edge.conf": edge(upstream),
        "orders/app.py": app(3000),
        "stock/Dockerfile": 'FROM python:3.12\nCOPY . .\nCMD ["python", "stock/app.py"]\n',
        "stock/app.py": app(8000),
        **files,
    }


@pytest.mark.parametrize(
    ("upstream", "found"),
    [
        ("orders:3000", [("orders/app.py", True)]),
        ("stock:8000", [("stock/app.py", True)]),
        ("orders:8000", []),  # nothing of that service listens there
        ("ledger:3000", []),
        ("orders.example.com:3000", []),
        ("127.0.0.1:3000", []),  # the proxy's own container
    ],
)
def test_a_compose_service_is_found_by_name_and_port(
    upstream: str, found: list[tuple[str, bool]]
) -> None:
    assert links(compose(upstream)) == found


@pytest.mark.parametrize(
    ("more", "upstream"),
    [
        ("container_name: depot", "depot:8000"),
        ("networks: {default: {aliases: [depot]}}", "depot:8000"),
        ('ports: ["9000:8000"]', "host.docker.internal:9000"),
        ('ports: ["127.0.0.1:${DEPOT:-9000}:8000"]', "host.docker.internal:9000"),
        ("ports: [{target: 8000, published: 9000}]", "host.docker.internal:9000"),
        ("network_mode: service:edge", "127.0.0.1:8000"),
    ],
)
def test_a_compose_service_has_other_names(more: str, upstream: str) -> None:
    assert links(compose(upstream, more)) == [("stock/app.py", True)]


def test_services_of_different_networks_do_not_meet() -> None:
    assert links(compose("stock:8000", "networks: [back]")) == []


def test_a_file_of_variables_fills_in_a_port() -> None:
    files = compose("host.docker.internal:7000", 'ports: ["${DEPOT}:8000"]')
    assert links({**files, ".env": "DEPOT=7000\n"}) == [("stock/app.py", True)]


def test_two_programs_that_may_be_meant_are_none() -> None:
    twin = {"orders/worker.py": app(3000)}
    assert links({**compose("orders:3000"), **twin}) == []


def test_of_two_programs_the_command_says_which_runs() -> None:
    files = {**compose("orders:3000"), "orders/worker.py": app(3000)}
    files["orders/Dockerfile"] = 'FROM python:3.12\nCOPY . .\nCMD ["python", "worker.py"]\n'
    assert links(files) == [("orders/worker.py", True)]


def test_the_command_itself_is_what_runs() -> None:
    files = compose("orders:3000")
    files["orders/Dockerfile"] = f"{IMAGE}CMD uvicorn app:app --host :: --port 3000\n"
    assert links(files) == [("orders/Dockerfile", True)]


def test_a_service_has_a_command_of_its_own() -> None:
    files = compose("stock:8000", "command: uvicorn stock.app:app --host 0.0.0.0 --port 8000")
    files["stock/Dockerfile"] = f"{IMAGE}CMD uvicorn a:b --host :: --port 8000\n"
    assert links(files) == [("compose.yaml", True)]


def test_a_pod_runs_the_command_of_an_image_of_its_name() -> None:
    files = cluster("orders:80")
    del files["orders/app.py"]
    files["orders/Dockerfile"] = f"{IMAGE}CMD uvicorn app:app --host 0.0.0.0 --port 3000\n"
    assert links(files) == [("orders/Dockerfile", False)]


def test_files_that_build_a_service_differently_are_alternatives() -> None:
    files = compose("orders:3000")
    dev = "services:\n  orders:\n    build: {context: ., dockerfile: Dockerfile.dev}\n"
    assert links({**files, "compose.dev.yaml": dev}) == []


def test_test_code_is_behind_nothing() -> None:
    files = {
        "orders/tests/app.py" if path == "orders/app.py" else path: text
        for path, text in compose("orders:3000").items()
    }
    assert links(files) == []


CLUSTER = """\
apiVersion: v1
kind: Service
metadata: {{name: orders{space}}}
spec:
  {type}
  selector: {{app: orders}}
  ports:
    - {{port: 80, targetPort: {target}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: orders{space}}}
spec:
  template:
    metadata: {{labels: {{app: orders, tier: back}}}}
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/orders:1.4
          ports: [{{name: http, containerPort: 3000}}]
        {sidecar}
"""


def cluster(
    upstream: str, target: str = "3000", space: str = "", type: str = "", sidecar: str = ""
) -> dict[str, str]:
    manifest = CLUSTER.format(target=target, space=space, type=type, sidecar=sidecar)
    return {"k8s/orders.yaml": manifest, "edge.conf": edge(upstream), "orders/app.py": app(3000)}


@pytest.mark.parametrize(
    ("upstream", "target", "space"),
    [
        ("orders:80", "3000", ""),
        ("orders:80", "http", ""),
        ("orders.shop:80", "http", ", namespace: shop"),
        ("orders.shop.svc.cluster.local:80", "3000", ", namespace: shop"),
        ("orders.shop.svc:80", "3000", ""),  # whoever applies it says the namespace
    ],
)
def test_a_service_of_kubernetes_leads_to_its_pods(upstream: str, target: str, space: str) -> None:
    assert links(cluster(upstream, target, space)) == [("orders/app.py", False)]


@pytest.mark.parametrize(
    ("upstream", "target", "space"),
    [
        ("orders:3000", "3000", ""),  # the container's port isn't the Service's
        ("orders:80", "8000", ""),
        ("orders.other:80", "3000", ", namespace: shop"),
        ("stock:80", "3000", ""),
    ],
)
def test_a_service_of_kubernetes_leads_nowhere_else(upstream: str, target: str, space: str) -> None:
    assert links(cluster(upstream, target, space)) == []


def test_kustomize_renames_the_services_of_its_bases() -> None:
    files = cluster("prod-orders:80")
    overlay = "resources: [../k8s]\nnamePrefix: prod-\n"
    assert links({**files, "prod/kustomization.yaml": overlay}) == [("orders/app.py", False)]
    assert links({**files, "prod/kustomization.yaml": "resources: [../k8s]\n"}) == []


CHART = {
    "chart/values.yaml": "service: {port: 80}\nport: 3000\n",
    "chart/templates/service.yaml": """\
        apiVersion: v1
        kind: Service
        metadata: {name: orders}
        spec:
          selector:
            app: {{ include "shop.name" . }}
          ports:
            - port: {{ .Values.service.port }}
              targetPort: {{ .Values.port | default 8080 }}
        """,
    "chart/templates/deployment.yaml": """\
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: orders}
        spec:
          template:
            metadata:
              labels:
                app: {{ include "shop.name" . }}
            spec:
              containers:
                - name: web
                  image: "shop/orders:{{ .Values.tag }}"
        """,
}


def test_a_chart_is_filled_in_from_its_own_values() -> None:
    files = {**CHART, "edge.conf": edge("orders:80"), "orders/app.py": app(3000)}
    assert links(files) == [("orders/app.py", False)]
    other = {**files, "chart/values.yaml": "service: {port: 80}\nport: 8080\n"}
    assert links(other) == []


def test_without_deployment_a_folder_of_that_name_is_likely() -> None:
    assert links({"edge.conf": edge("orders:3000"), "orders/app.py": app(3000)}) == [
        ("orders/app.py", False)
    ]


def test_an_edge_only_termination_replaces_the_plaintext_listener() -> None:
    assert rules(compose("orders:3000")) == [
        ("edge.conf", "MTLS301"),
        ("orders/app.py", "MTLS303"),
        ("stock/app.py", "MTLS302"),
    ]


def test_moving_the_app_away_changes_no_other_finding() -> None:
    whole = checked(compose("orders:3000")).findings
    without = compose("orders:3000")
    del without["orders/app.py"]
    rest = checked(without).findings
    identity = {(each.rule, each.span, each.message) for each in whole}
    assert identity - {(each.rule, each.span, each.message) for each in rest} == {
        (each.rule, each.span, each.message) for each in whole if each.span.path == "orders/app.py"
    }


def test_the_hop_and_the_app_name_each_other() -> None:
    found = {each.rule: each for each in checked(compose("orders:3000")).findings}
    assert "orders/app.py" in {place.span.path for place in found["MTLS301"].related}
    assert {"edge.conf", "compose.yaml"} <= {place.span.path for place in found["MTLS303"].related}


@pytest.mark.parametrize(
    ("ports", "bypassed"),
    [('["8000:8000"]', True), ('["127.0.0.1:8000:8000"]', False), ('["9000:9000"]', False)],
)
def test_a_port_published_around_the_proxy_is_a_way_past_it(ports: str, bypassed: bool) -> None:
    found = rules(compose("stock:8000", f"ports: {ports}"))
    assert (("stock/app.py", "MTLS105") in found) == bypassed


@pytest.mark.parametrize(("type", "bypassed"), [("type: NodePort", True), ("", False)])
def test_a_node_port_around_the_proxy_is_a_way_past_it(type: str, bypassed: bool) -> None:
    files = cluster("orders:80", type=type)
    files["orders/Dockerfile"] = "FROM python:3.12\nCOPY . .\n"
    found = rules(
        {**files, "compose.yaml": "services: {orders: {image: 'shop/orders:1', build: ./orders}}"}
    )
    assert (("orders/app.py", "MTLS105") in found) == bypassed


def test_an_app_on_loopback_beside_its_sidecar_is_clean() -> None:
    conf = edge("127.0.0.1:3000")
    files = compose("orders:3000", "network_mode: service:edge")
    files |= {"edge.conf": conf.replace("3000", "8000"), "stock/app.py": app(8000, "127.0.0.1")}
    assert rules(files) == [("orders/app.py", "MTLS302")]
