//! Gauges along the river, and the server that they report to.

pub mod tls;
mod water;

pub use water::Level;
