use poem::{get, handler, listener::TcpListener, Route, Server};

#[handler]
fn scan() -> &'static str {
    "[]"
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let app = Route::new().at("/scan", get(scan));
    Server::new(TcpListener::bind("0.0.0.0:9000")).run(app).await // expect: MTLS303
}
