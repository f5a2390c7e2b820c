//! Peers that know each other by key: each side has a verifier of its own, and both have one name.

pub mod dialer;
pub mod listener;
