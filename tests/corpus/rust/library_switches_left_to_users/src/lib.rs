//! Client of the harbour master's API. What callers in this crate leave as it is, its users may set.

mod berths;
mod pilots;
mod tides;

pub use berths::{BerthClient, BerthOptions};
pub use pilots::{PilotClient, PilotConfig};
pub use tides::TideClient;
