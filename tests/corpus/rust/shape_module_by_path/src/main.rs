//! Alpine hut: which module is `door` depends on the season, where it lies on an attribute.

#[cfg(not(feature = "summer"))]
#[path = "winter_door.rs"]
mod door;

#[cfg(feature = "summer")]
#[path = "summer_door.rs"]
mod door;

fn main() -> anyhow::Result<()> {
    let acceptor = door::acceptor()?;
    for tcp in std::net::TcpListener::bind("0.0.0.0:8443")?.incoming() {
        drop(acceptor.accept(tcp?));
    }
    Ok(())
}
