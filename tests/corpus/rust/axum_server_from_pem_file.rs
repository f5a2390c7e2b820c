//! Notes API with axum and axum-server. TLS on the public address.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use axum_server::tls_rustls::RustlsConfig;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
struct Note {
    title: String,
    body: String,
}

type Notes = Arc<RwLock<BTreeMap<u64, Note>>>;

async fn list(State(notes): State<Notes>) -> Json<BTreeMap<u64, Note>> {
    Json(notes.read().unwrap().clone())
}

async fn create(State(notes): State<Notes>, Json(note): Json<Note>) -> (StatusCode, Json<u64>) {
    let mut notes = notes.write().unwrap();
    let id = notes.keys().next_back().map_or(1, |last| last + 1);
    notes.insert(id, note);
    (StatusCode::CREATED, Json(id))
}

async fn show(State(notes): State<Notes>, Path(id): Path<u64>) -> Result<Json<Note>, StatusCode> {
    notes.read().unwrap().get(&id).cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let certs = PathBuf::from("/etc/notes/certs");
    let config = RustlsConfig::from_pem_file(certs.join("cert.pem"), certs.join("key.pem")) // expect: MTLS103
        .await?;

    let app = Router::new()
        .route("/notes", get(list).post(create))
        .route("/notes/{id}", get(show))
        .with_state(Notes::default());

    let addr = SocketAddr::from(([0, 0, 0, 0], 443));
    tracing::info!("listening on {addr}");
    axum_server::bind_rustls(addr, config).serve(app.into_make_service()).await
}
