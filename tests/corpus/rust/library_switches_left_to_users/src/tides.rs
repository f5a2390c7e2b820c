/// What only this crate can write to stands as this crate writes it.
pub struct Tables {
    lenient: bool,
    retries: u8,
}

impl Default for Tables {
    fn default() -> Self {
        Self { lenient: false, retries: 3 }
    }
}

impl Tables {
    pub fn with_retries(mut self, retries: u8) -> Self {
        self.retries = retries;
        self
    }
}

pub struct TideClient {
    http: reqwest::Client,
}

impl TideClient {
    pub fn new() -> reqwest::Result<Self> {
        Self::with_tables(Tables::default())
    }

    pub fn with_tables(tables: Tables) -> reqwest::Result<Self> {
        let builder = reqwest::Client::builder().danger_accept_invalid_certs(tables.lenient);
        Ok(Self { http: builder.build()? })
    }
}
