mod routes;
mod server;

pub use routes::Readings;
pub use server::serve;
