# A file that is called like the site, beside a snippet.
server {
    listen 443 ssl;
    server_name portal.example.ru;
    include /etc/nginx/ssl/ssl.conf;

    ssl_client_certificate /etc/nginx/ssl/partners.pem;
    ssl_verify_client on;

    location / {
        proxy_pass https://portal-2.example.ru; # expect: MTLS404
        proxy_ssl_certificate         /etc/nginx/ssl/client.pem;
        proxy_ssl_certificate_key     /etc/nginx/ssl/client-key.pem;
        proxy_ssl_trusted_certificate /etc/nginx/ssl/ca.pem;
    }
}
