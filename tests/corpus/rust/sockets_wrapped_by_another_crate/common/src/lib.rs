//! Sockets, as all of our services open them.

use std::io;

use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};

pub trait Listener {
    async fn accept(&mut self) -> io::Result<TcpStream>;
}

pub struct TcpServer {
    inner: TcpListener,
}

impl TcpServer {
    pub async fn bind(address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self { inner: listener })
    }
}

impl Listener for TcpServer {
    async fn accept(&mut self) -> io::Result<TcpStream> {
        let (stream, _from) = self.inner.accept().await?;
        Ok(stream)
    }
}
