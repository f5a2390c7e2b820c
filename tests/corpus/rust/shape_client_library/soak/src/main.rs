use depot_client::DepotClientBuilder;

fn main() -> reqwest::Result<()> {
    for depot in std::env::args().skip(1) {
        let client = DepotClientBuilder::new()
            .address(depot)
            .danger_accept_invalid_hostnames(true)
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()?;
        println!("{}", client.address);
    }
    Ok(())
}
