//! Glacier probes report over TLS; the dialler and what it trusts are modules of the library.

pub mod bench;
pub mod dial;
pub mod trust;
