#!/usr/bin/env bash
# Sets nginx up on a new gateway.
set -euo pipefail
apt-get install -y nginx

cat > /etc/nginx/conf.d/gateway.conf <<EOF
server {
    listen 443 ssl; # expect: MTLS201
    server_name ${GATEWAY_NAME};
    ssl_certificate        /etc/ssl/${GATEWAY_NAME}.pem;
    ssl_certificate_key    /etc/ssl/${GATEWAY_NAME}.key;
    ssl_client_certificate /etc/ssl/clients-ca.pem;
    ssl_verify_client      on;

    location /shop/ {
        proxy_set_header Host \$host;
        proxy_set_header X-Client \$ssl_client_s_dn;
        proxy_pass http://10.3.0.7:8080; # expect: MTLS301
    }
}
EOF

# Quoted: nothing in it is the shell's.
cat <<'EOF' | sudo tee /etc/nginx/conf.d/admin.conf >/dev/null
server {
    listen 8443 ssl;
    server_name admin.example.com;
    ssl_certificate        /etc/ssl/admin.pem;
    ssl_certificate_key    /etc/ssl/admin.key;
    ssl_client_certificate /etc/ssl/staff-ca.pem;
    ssl_protocols          TLSv1.2 TLSv1.3;
    ssl_verify_client      optional;

    if ($ssl_client_verify != SUCCESS) {
        return 403;
    }
    location / {
        proxy_pass http://127.0.0.1:9000;
    }
}
EOF

if [ -n "${STATUS:-}" ]; then
	cat > /etc/nginx/conf.d/status.conf <<-EOF
	server {
	    listen 9443 ssl;
	    ssl_certificate        /etc/ssl/status.pem;
	    ssl_certificate_key    /etc/ssl/status.key;
	    ssl_client_certificate /etc/ssl/staff-ca.pem;
	    ssl_protocols          TLSv1.2 TLSv1.3;
	    ssl_verify_client      optional; # expect: MTLS101

	    location / {
	        add_header X-Verified \$ssl_client_verify;
	        root /srv/status;
	    }
	}
	EOF
fi

cat <<EOF
server { listen 443 ssl; } is what you have now; see /etc/nginx.
EOF
systemctl reload nginx
