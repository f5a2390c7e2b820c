//! Quiz night on axum 0.6: the listener is made by hand, and reused for the next version.

use std::net::{SocketAddr, TcpListener};

use axum::{routing::get, Router};
use socket2::{Domain, Socket, Type};

fn listener(port: u16) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from(([0, 0, 0, 0], port)).into())?;
    socket.listen(1024)?;
    Ok(socket.into())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let quiz = Router::new().route("/question", get(|| async { "capital of Chad?" }));
    let admin = Router::new().route("/answers", get(|| async { "N'Djamena" }));

    let public = TcpListener::bind("0.0.0.0:8080")?;
    public.set_nonblocking(true)?;
    let questions = axum::Server::from_tcp(public)?.serve(quiz.into_make_service()); // expect: MTLS302
    let local = TcpListener::bind("127.0.0.1:8081")?;
    let answers = axum::Server::from_tcp(local)?.serve(admin.into_make_service());
    tokio::try_join!(questions, answers)?;
    drop(listener(8090)?);
    Ok(())
}
