resources:
- "@type": type.googleapis.com/envoy.config.listener.v3.Listener
  name: enforcer
  address:
    socket_address:
      address: 0.0.0.0
      port_value: {{ .Values.proxy.port | default 8443 }}
  filter_chains:
  - filters:
    - name: envoy.filters.network.tcp_proxy
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
        stat_prefix: enforcer
        cluster: {{ .Release.Name }}-gateway
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext" # expect: MTLS101
        common_tls_context:
          tls_certificates:
          - certificate_chain: {filename: "{{ .Values.proxy.tls.publicKey }}"}
            private_key: {filename: "{{ .Values.proxy.tls.privateKey }}"}
{{- if .Values.proxy.tls.root }}
          validation_context:
            trusted_ca: {filename: "{{ .Values.proxy.tls.root }}"}
{{- end }}
