//! Lighthouses: listeners are made step by step, for options that `bind` doesn't take.

use std::net::SocketAddr;

use axum::Router;
use socket2::{Domain, Socket, Type};
use tokio::net::{TcpListener, TcpSocket};

fn shared(address: SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket.into())
}

pub async fn lamp(app: Router) -> anyhow::Result<()> {
    let listener = TcpListener::from_std(shared("0.0.0.0:8080".parse()?)?)?;
    axum::serve(listener, app).await?; // expect: MTLS302
    Ok(())
}

pub async fn keeper(app: Router) -> anyhow::Result<()> {
    let listener = TcpListener::from_std(shared("127.0.0.1:8081".parse()?)?)?;
    axum::serve(listener, app).await?;
    Ok(())
}

pub async fn horn(app: Router) -> anyhow::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind("0.0.0.0:8082".parse()?)?;
    axum::serve(socket.listen(1024)?, app).await?; // expect: MTLS302
    Ok(())
}

pub async fn log(app: Router) -> anyhow::Result<()> {
    let socket = TcpSocket::new_v6()?;
    socket.bind("[::1]:8083".parse()?)?;
    let listener = socket.listen(16)?;
    axum::serve(listener, app).await?;
    Ok(())
}
