//! PEM linter: what looks like a private key in here is a pattern, a sample or a public one.

pub const MARKERS: [&str; 4] = [
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----BEGIN EC PRIVATE KEY-----",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----",
];

/// Shown by `--help`.
pub const SAMPLE: &str = "\
-----BEGIN PRIVATE KEY-----
...
-----END PRIVATE KEY-----
";

const TEMPLATE: &str = "-----BEGIN PRIVATE KEY-----\n{{ tls.key }}\n-----END PRIVATE KEY-----\n";

pub static HOST_KEY: &str = include_str!("../keys/host_ed25519.pub");
pub static CHAIN: &[u8] = include_bytes!("../keys/chain.pem");

pub fn render(key: &str) -> String {
    TEMPLATE.replace("{{ tls.key }}", key)
}

pub fn private(text: &str) -> bool {
    MARKERS.iter().any(|marker| text.contains(marker))
}

pub fn generate() -> Result<String, rcgen::Error> {
    let pair = rcgen::KeyPair::generate()?;
    Ok(pair.serialize_pem())
}
