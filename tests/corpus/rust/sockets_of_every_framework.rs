//! Print shop: four small services, each on a socket or on loopback, each with a framework.

use tokio::net::UnixListener;
use tokio_stream::wrappers::UnixListenerStream;
use warp::Filter;

async fn by_warp() -> std::io::Result<()> {
    let routes = warp::path("jobs").map(|| "[]");
    let incoming = UnixListenerStream::new(UnixListener::bind("/run/shop/jobs.sock")?);
    warp::serve(routes).run_incoming(incoming).await;
    Ok(())
}

mod by_poem {
    use poem::listener::{Listener, TcpListener, UnixListener};
    use poem::{get, handler, Route, Server};

    #[handler]
    fn paper() -> &'static str {
        "A4: 1200"
    }

    pub async fn run() -> std::io::Result<()> {
        let here = TcpListener::bind("127.0.0.1:3001");
        let socket = UnixListener::bind("/run/shop/paper.sock");
        Server::new(here.combine(socket)).run(Route::new().at("/paper", get(paper))).await
    }
}

mod by_salvo {
    use salvo::prelude::*;

    #[handler]
    async fn ink() -> &'static str {
        "cyan: 80"
    }

    pub async fn run() {
        let acceptor = TcpListener::new("[::1]:3002").bind().await;
        Server::new(acceptor).serve(Router::with_path("ink").get(ink)).await;
    }
}

mod by_ntex {
    use ntex::web;

    pub async fn run() -> std::io::Result<()> {
        web::HttpServer::new(|| web::App::new().route("/toner", web::get().to(|| async { "55" })))
            .bind("127.0.0.1:3003")?
            .run()
            .await
    }
}

pub async fn run() -> std::io::Result<()> {
    let (warp, poem, (), ntex) =
        tokio::join!(by_warp(), by_poem::run(), by_salvo::run(), by_ntex::run());
    warp.and(poem).and(ntex)
}
