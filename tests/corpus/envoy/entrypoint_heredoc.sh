#!/bin/sh
# Starts the proxy of the ferry terminal. The configuration is written when the container starts.
set -eu
: "${UPSTREAM_HOST:?}"

cat > /etc/envoy/envoy.yaml <<EOF
static_resources:
  listeners:
  - name: gangway
    address: {socket_address: {address: 0.0.0.0, port_value: ${PORT:-8443}}}
    filter_chains:
    - transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          require_client_certificate: false # expect: MTLS101
          common_tls_context:
            tls_certificates:
            - certificate_chain: {filename: /etc/envoy/tls.crt}
              private_key: {filename: /etc/envoy/tls.key}
            validation_context:
              trusted_ca: {filename: /etc/envoy/ca.crt}
      filters:
      - name: envoy.filters.network.tcp_proxy
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
          stat_prefix: gangway
          cluster: scanner
  clusters:
  - name: scanner
    connect_timeout: 1s
    type: STRICT_DNS
    load_assignment:
      cluster_name: scanner
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: "${UPSTREAM_HOST}", port_value: 8080}}}}]}]
EOF

exec envoy -c /etc/envoy/envoy.yaml --log-level "${LOG_LEVEL:-info}"
