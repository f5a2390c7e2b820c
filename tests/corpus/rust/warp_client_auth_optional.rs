//! Guest book with warp 0.3.

use std::net::SocketAddr;
use std::sync::{Arc, RwLock};

use warp::{http::StatusCode, Filter, Rejection};

type Book = Arc<RwLock<Vec<String>>>;

fn with_book(book: Book) -> impl Filter<Extract = (Book,), Error = std::convert::Infallible> + Clone {
    warp::any().map(move || book.clone())
}

async fn sign(book: Book, entry: bytes_entry::Entry) -> Result<StatusCode, Rejection> {
    book.write().unwrap().push(entry.0);
    Ok(StatusCode::CREATED)
}

mod bytes_entry {
    /// One entry, at most 280 characters.
    pub struct Entry(pub String);

    impl From<String> for Entry {
        fn from(text: String) -> Self {
            Entry(text.chars().take(280).collect())
        }
    }
}

#[tokio::main]
async fn main() {
    let book = Book::default();
    let read = warp::get()
        .and(with_book(book.clone()))
        .map(|book: Book| book.read().unwrap().join("\n"));
    let write = warp::post()
        .and(with_book(book))
        .and(warp::path::param::<String>().map(bytes_entry::Entry::from))
        .and_then(sign);
    let routes = warp::path("book").and(read.or(write));

    warp::serve(routes)
        .tls()
        .cert_path("/etc/book/tls.pem")
        .key_path("/etc/book/tls.key")
        .client_auth_optional_path("/etc/book/friends.pem") // expect: MTLS101
        .run(SocketAddr::from(([0, 0, 0, 0], 8443)))
        .await;
}
