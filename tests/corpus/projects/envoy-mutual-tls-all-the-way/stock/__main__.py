import ssl

import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        "stock.web:app",
        host="0.0.0.0",
        port=8443,
        ssl_certfile="/tls/stock.pem",
        ssl_keyfile="/tls/stock.key",
        ssl_ca_certs="/tls/services-ca.pem",
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
