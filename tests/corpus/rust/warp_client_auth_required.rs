//! Allotment planner with warp 0.3. The last setter counts, and it is the strict one.

use std::net::{IpAddr, Ipv6Addr};

use warp::Filter;

struct Certificates {
    chain: Vec<u8>,
    key: Vec<u8>,
    members: Vec<u8>,
}

async fn plots(number: u32) -> Result<impl warp::Reply, warp::Rejection> {
    if number > 60 {
        return Err(warp::reject::not_found());
    }
    Ok(warp::reply::json(&serde_json::json!({ "plot": number, "squash": true })))
}

async fn serve(certificates: Certificates) {
    let routes = warp::path!("plots" / u32).and_then(plots).with(warp::log("plots"));
    let everywhere = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
    warp::serve(routes)
        .tls()
        .cert(certificates.chain)
        .key(certificates.key)
        .client_auth_optional(&certificates.members)
        .client_auth_required(&certificates.members)
        .run((everywhere, 8443))
        .await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let read = |name| std::fs::read(format!("/etc/allotment/{name}"));
    serve(Certificates {
        chain: read("tls.pem")?,
        key: read("tls.key")?,
        members: read("members.pem")?,
    })
    .await;
    Ok(())
}
