//! A simulator for TLS courses: its modules are called like crates, and open no socket.

mod native_tls {
    #[derive(Debug, Default)]
    pub struct TlsAcceptorBuilder {
        pub asks: bool,
        pub roots: usize,
    }

    pub struct TlsAcceptor;

    impl TlsAcceptor {
        pub fn builder(_identity: &str) -> TlsAcceptorBuilder {
            TlsAcceptorBuilder::default()
        }
    }

    impl TlsAcceptorBuilder {
        pub fn add_root_certificate(&mut self, _name: &str) -> &mut Self {
            self.roots += 1;
            self
        }

        pub fn request_client_cert(&mut self, asks: bool) -> &mut Self {
            self.asks = asks;
            self
        }

        pub fn danger_accept_invalid_certs(&mut self, _yes: bool) -> &mut Self {
            self
        }
    }
}

mod axum {
    pub struct Server(pub u16);

    impl Server {
        pub fn https(port: u16) -> Server {
            Server(port)
        }
    }

    pub fn serve_tls(server: Server) -> String {
        format!("pretends to serve on {}", server.0)
    }
}

use self::native_tls::TlsAcceptor;

fn lesson_three() -> String {
    let mut builder = TlsAcceptor::builder("teacher");
    builder.add_root_certificate("school").request_client_cert(true);
    builder.danger_accept_invalid_certs(true);
    format!("{builder:?}")
}

fn main() {
    println!("{}", lesson_three());
    println!("{}", axum::serve_tls(axum::Server::https(443)));
}
