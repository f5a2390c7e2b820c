{{- /* rendered by the chart */ -}}
server {
    listen {{ .Values.port }} ssl;
    server_name {{ .Values.host | quote }};

    ssl_certificate     /tls/tls.crt;
    ssl_certificate_key /tls/tls.key;
    ssl_protocols       {{ join " " .Values.tls.protocols }};

    {{- if .Values.mtls.enabled }}
    ssl_client_certificate /mtls/ca.crt;
    ssl_verify_client {{ .Values.mtls.mode }};
    {{- end }}

    location / {
        proxy_pass {{ .Values.backend.url }};
    }
    {{- with .Values.extraLocations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
}
