static_resources:
  listeners:
    - name: studio
      address:
        socket_address: { address: 0.0.0.0, port_value: {{ .Port }} }
      filter_chains:
        - transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: {{ .Dir }}/tls.pem }
                    private_key: { filename: {{ .Dir }}/tls.key }
                validation_context:
                  trusted_ca: { filename: {{ .Dir }}/ca.pem }
              {{- if eq .Stage "live" }}
              require_client_certificate: true
              {{- else }}
              require_client_certificate: false # expect: MTLS101
              {{- end }}
          filters:
            - name: envoy.filters.network.tcp_proxy
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                stat_prefix: studio
                cluster: studio
  clusters:
    - name: studio
      connect_timeout: 1s
      load_assignment:
        cluster_name: studio
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: 8080 } } }
