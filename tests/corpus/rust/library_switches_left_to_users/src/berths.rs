use std::time::Duration;

/// Every field is there to be written to.
#[derive(Clone, Debug)]
pub struct BerthOptions {
    pub accept_self_signed: bool,
    pub timeout: Duration,
}

impl Default for BerthOptions {
    fn default() -> Self {
        Self { accept_self_signed: false, timeout: Duration::from_secs(20) }
    }
}

pub struct BerthClient {
    http: reqwest::Client,
}

impl BerthClient {
    pub fn new() -> reqwest::Result<Self> {
        Self::with_options(BerthOptions::default())
    }

    pub fn with_options(options: BerthOptions) -> reqwest::Result<Self> {
        let mut builder = reqwest::Client::builder().timeout(options.timeout);
        if options.accept_self_signed {
            builder = builder.danger_accept_invalid_certs(true); // expect: MTLS401
        }
        Ok(Self { http: builder.build()? })
    }
}
