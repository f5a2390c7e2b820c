//! Renders configuration of other programs. What stands in these strings is theirs to check.

use std::fmt::Write as _;

const NGINX: &str = r#"
server {
    listen 443 ssl;
    ssl_verify_client optional;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
    location / { proxy_pass http://app.internal:8080; }
}
"#;

const ROCKET: &str = "[default.tls.mutual]\nca_certs = \"ca.pem\"\n";

const PYTHON: &str = "ssl._create_default_https_context = ssl._create_unverified_context";

/// Rust that ends up in a generated crate.
fn generated(name: &str, strict: bool) -> String {
    let mut code = String::new();
    let _ = writeln!(code, "pub fn {name}() -> rustls::ServerConfig {{");
    let _ = writeln!(code, "    let builder = WebPkiClientVerifier::builder(roots());");
    if !strict {
        code.push_str("    let builder = builder.allow_unauthenticated();\n");
    }
    code + "    ServerConfig::builder().with_client_cert_verifier(builder.build().unwrap())\n}\n"
}

fn main() {
    for text in [NGINX, ROCKET, PYTHON] {
        println!("{text}");
    }
    println!("{}", generated("strict", true));
    println!("{}", generated("lax", false));
    println!("{}", "HttpServer::new(|| App::new()).bind(\"0.0.0.0:80\")");
}
