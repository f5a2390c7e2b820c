//! Lost property office with warp: one listener in TLS, one in plaintext, one for the monitor.

use warp::Filter;

#[tokio::main]
async fn main() {
    let found = warp::path("found").map(|| "umbrella, 3 gloves");
    let metrics = warp::path("metrics").map(|| "found_total 4\n");
    let health = warp::path("health").map(warp::reply);

    let tls = warp::serve(found)
        .tls() // expect: MTLS103
        .cert_path("tls/cert.pem")
        .key_path("tls/key.rsa")
        .run(([0, 0, 0, 0], 3443));
    let plain = warp::serve(metrics).run(([0, 0, 0, 0], 9100)); // expect: MTLS302
    let local = warp::serve(health).run(([127, 0, 0, 1], 3030));
    futures::join!(tls, plain, local);
}
