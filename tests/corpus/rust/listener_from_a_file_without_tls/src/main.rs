//! Water meters: who listens says nothing of what is served, and is a file by itself.

mod api;
mod run;

#[tokio::main]
async fn main() {
    run::start(9180).await;
}
