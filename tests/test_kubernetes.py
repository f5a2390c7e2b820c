"""Edges that manifests declare: Ingresses of two controllers, and Services of load balancers."""

from __future__ import annotations

import pytest
from mtlslint.facts import Paths, Project
from mtlslint.model import Document, Endpoint
from mtlslint.parsers import kubernetes
from mtlslint.source import Source

INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: orders
  annotations: {{{annotations}}}
spec:
  {tls}
  rules:
    - host: orders.example.com
      http:
        paths: [{{path: /, backend: {{service: {{name: orders, port: {{number: 8443}}}}}}}}]
"""
TLS = "tls: [{hosts: [orders.example.com], secretName: orders-tls}]"
NGINX = "nginx.ingress.kubernetes.io/"
ALB = "alb.ingress.kubernetes.io/"


def resolve(text: str) -> Document:
    facts = kubernetes.read(Source("ingress.yaml", text.encode()))
    return kubernetes.resolve(Project({facts.path: facts}, Paths((facts.path,))))


def ingress(prefix: str, *annotations: str, tls: str = TLS) -> Document:
    written = ", ".join(f"{prefix}{each}" for each in annotations)
    return resolve(INGRESS.format(annotations=written, tls=tls))


def ends(document: Document, side: str) -> list[Endpoint]:
    return [each for each in document.endpoints if each.side == side]


def value(endpoint: Endpoint, name: str) -> object:
    found = endpoint.states[0].get(name)
    return found.value if found else "absent"


@pytest.mark.parametrize(
    ("annotations", "auth", "chain"),
    [
        (["auth-tls-secret: shop/ca"], "required", "verified"),
        (["auth-tls-secret: shop/ca", 'auth-tls-verify-client: "on"'], "required", "verified"),
        (["auth-tls-secret: shop/ca", "auth-tls-verify-client: yes"], "required", "verified"),
        (["auth-tls-secret: shop/ca", "auth-tls-verify-client: optional"], "optional", "verified"),
        (
            ["auth-tls-secret: shop/ca", "auth-tls-verify-client: optional_no_ca"],
            "optional",
            "unverified",
        ),
        (["auth-tls-secret: shop/ca", 'auth-tls-verify-client: "off"'], "none", "absent"),
        (
            [
                "auth-tls-secret: shop/ca",
                "auth-tls-verify-client: optional",
                "auth-tls-match-cn: CN=billing",
            ],
            "required",
            "verified",
        ),
        (['auth-tls-verify-client: "on"'], "none", "absent"),
        (["auth-tls-secret: '{{ .Values.ca }}'"], None, None),
        (["auth-tls-secret: shop/ca", "auth-tls-verify-client: '{{ .Values.mode }}'"], None, None),
    ],
)
def test_ingress_nginx_asks_as_its_annotations_say(
    annotations: list[str], auth: object, chain: object
) -> None:
    (server,) = ends(ingress(NGINX, *annotations), "server")
    assert (value(server, "client_auth"), value(server, "client_chain")) == (auth, chain)


@pytest.mark.parametrize(
    ("annotations", "transport", "chain", "certificate"),
    [
        (['ssl-redirect: "true"'], "plaintext", "absent", "absent"),
        (["backend-protocol: HTTP"], "plaintext", "absent", "absent"),
        (["backend-protocol: grpc"], "plaintext", "absent", "absent"),
        (["backend-protocol: HTTPS"], "tls", "unverified", "absent"),
        (['secure-backends: "true"'], "tls", "unverified", "absent"),
        (["backend-protocol: AUTO_HTTP"], None, "absent", "absent"),
        (["backend-protocol: '{{ .Values.protocol }}'"], None, "absent", "absent"),
        (
            ["backend-protocol: GRPCS", "proxy-ssl-secret: shop/edge"],
            "tls",
            "unverified",
            "presented",
        ),
        (
            ["backend-protocol: HTTPS", "proxy-ssl-secret: a/b", 'proxy-ssl-verify: "on"'],
            "tls",
            "verified",
            "presented",
        ),
        # Without the secret, no other annotation of that kind has an effect.
        (["backend-protocol: HTTPS", 'proxy-ssl-verify: "on"'], "tls", "unverified", "absent"),
    ],
)
def test_ingress_nginx_speaks_to_backends_as_its_annotations_say(
    annotations: list[str], transport: object, chain: object, certificate: object
) -> None:
    (client,) = ends(ingress(NGINX, *annotations), "client")
    names = ("transport", "peer_chain", "client_certificate")
    assert tuple(value(client, name) for name in names) == (transport, chain, certificate)
    assert (client.address.host, client.address.port) == ("orders", 8443)


@pytest.mark.parametrize(
    ("annotations", "tls", "transports"),
    [
        (['ssl-redirect: "true"'], TLS, ["tls"]),
        (['ssl-redirect: "false"'], TLS, ["plaintext", "tls"]),
        (['ssl-redirect: "false"', 'force-ssl-redirect: "true"'], TLS, ["tls"]),
        (['ssl-redirect: "true"'], "", ["plaintext"]),
        (['ssl-redirect: "true"'], "tls: [{secretName: a}]", ["tls"]),
        (['ssl-redirect: "true"'], "tls: [{hosts: ['*.example.com']}]", ["tls"]),
        (
            ['ssl-redirect: "true"'],
            "tls: [{hosts: [other.example.com]}]",
            ["plaintext", "tls"],
        ),
        (['ssl-passthrough: "true"'], TLS, []),
    ],
)
def test_hosts_are_served_with_and_without_tls(
    annotations: list[str], tls: str, transports: list[str]
) -> None:
    servers = ends(ingress(NGINX, *annotations, tls=tls), "server")
    assert sorted(str(value(each, "transport")) for each in servers) == transports


@pytest.mark.parametrize(
    ("annotations", "auth"),
    [
        (["certificate-arn: arn:x"], "none"),
        (["certificate-arn: arn:x", """mutual-authentication: '[{"mode": "off"}]'"""], "none"),
        (
            [
                "certificate-arn: arn:x",
                """mutual-authentication: '[{"port": 443, "mode": "verify", "trustStore": "t"}]'""",
            ],
            "required",
        ),
        (
            ["certificate-arn: arn:x", """mutual-authentication: '[{"mode": "passthrough"}]'"""],
            None,
        ),
        (
            [
                "certificate-arn: arn:x",
                """mutual-authentication: '[{"mode": "verify"}, {"mode": "off"}]'""",
            ],
            None,
        ),
        (["certificate-arn: arn:x", "mutual-authentication: nonsense"], None),
    ],
)
def test_a_load_balancer_asks_as_its_annotations_say(annotations: list[str], auth: object) -> None:
    (server,) = ends(ingress(ALB, *annotations, tls=""), "server")
    assert (value(server, "transport"), value(server, "client_auth")) == ("tls", auth)


@pytest.mark.parametrize(
    ("protocol", "transport"),
    [("backend-protocol: HTTP", "plaintext"), ("backend-protocol: HTTPS", "tls")],
)
def test_a_load_balancer_never_checks_its_targets(protocol: str, transport: str) -> None:
    (client,) = ends(ingress(ALB, "certificate-arn: arn:x", protocol, tls=""), "client")
    assert value(client, "transport") == transport
    assert value(client, "peer_chain") == ("absent" if transport == "plaintext" else None)


def test_an_ingress_of_another_controller_is_unknown() -> None:
    text = INGRESS.format(annotations="", tls=f"ingressClassName: traefik\n  {TLS}")
    assert resolve(text) == Document()


def test_objects_of_one_name_are_never_there_together() -> None:
    text = INGRESS.format(annotations=f"{NGINX}auth-tls-secret: a/b", tls=TLS)
    other = INGRESS.format(annotations=f"{NGINX}ssl-redirect: 'false'", tls="")
    facts = {
        path: kubernetes.read(Source(path, one.encode()))
        for path, one in (("a.yaml", text), ("b.yaml", other))
    }
    document = kubernetes.resolve(Project(facts, Paths(tuple(facts))))
    one, two = ends(document, "server")
    assert not one.content & two.content


def test_a_backend_whose_name_is_templated_is_a_hop_all_the_same() -> None:
    text = INGRESS.format(annotations=f"{NGINX}backend-protocol: HTTP", tls=TLS)
    (client,) = ends(resolve(text.replace("name: orders, port", "name: {{ .n }}, port")), "client")
    assert (value(client, "transport"), client.address.host) == ("plaintext", None)


def test_the_port_of_a_service_has_a_name() -> None:
    text = INGRESS.format(annotations=f"{NGINX}ssl-redirect: 'true'", tls=TLS)
    text = text.replace("number: 8443", "name: web") + (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: orders}\n"
        "spec: {ports: [{name: web, port: 8080}]}\n"
    )
    (client,) = ends(resolve(text), "client")
    assert client.address.port == 8080


SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: edge
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:x
    {more}
spec:
  type: LoadBalancer
  ports: [{{name: https, port: 443}}, {{name: metrics, port: 9090}}]
"""


@pytest.mark.parametrize(
    ("more", "ports", "transport"),
    [
        ("x: y", [443, 9090], "plaintext"),
        ('service.beta.kubernetes.io/aws-load-balancer-ssl-ports: "443"', [443], "plaintext"),
        ("service.beta.kubernetes.io/aws-load-balancer-ssl-ports: https", [443], "plaintext"),
        (
            "service.beta.kubernetes.io/aws-load-balancer-backend-protocol: ssl",
            [443, 9090],
            "tls",
        ),
    ],
)
def test_a_load_balancer_ends_tls_at_the_ports_of_a_service(
    more: str, ports: list[int], transport: str
) -> None:
    document = resolve(SERVICE.format(more=more))
    assert [each.address.port for each in ends(document, "server")] == ports
    assert {value(each, "transport") for each in ends(document, "client")} == {transport}
