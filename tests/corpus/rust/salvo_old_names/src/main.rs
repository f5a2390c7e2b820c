//! Kiosk backend on salvo 0.27, where the method was called `with_client_auth_required_path`.

use salvo::listener::rustls::RustlsConfig;
use salvo::prelude::*;

#[handler]
async fn menu(res: &mut Response) {
    res.render(Json(vec!["soup", "bread", "salad"]));
}

#[handler]
async fn order(req: &mut Request, res: &mut Response) {
    match req.param::<String>("dish") {
        Some(dish) if dish.len() < 40 => res.render(Text::Plain(format!("one {dish}\n"))),
        _ => res.set_status_code(StatusCode::BAD_REQUEST),
    }
}

fn tls() -> RustlsConfig {
    RustlsConfig::new()
        .with_cert_path("/etc/kiosk/tls.pem")
        .with_key_path("/etc/kiosk/tls.key")
        .with_client_auth_required_path("/etc/kiosk/kiosks.pem")
}

#[tokio::main]
async fn main() {
    let router = Router::new()
        .push(Router::with_path("menu").get(menu))
        .push(Router::with_path("order/<dish>").post(order));
    let listener = RustlsListener::with_rustls_config(tls()).bind("0.0.0.0:8443");
    Server::new(listener).serve(router).await;
}
