use reqwest::ClientBuilder;

#[derive(Clone)]
pub struct PilotConfig {
    agent: String,
    lenient: bool,
}

impl Default for PilotConfig {
    fn default() -> Self {
        Self { agent: "pilotage".to_string(), lenient: false }
    }
}

impl PilotConfig {
    /// Nobody in this crate calls it: it is for the users.
    pub fn with_leniency(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }
}

pub struct PilotClient {
    http: reqwest::Client,
}

impl PilotClient {
    pub fn on_duty() -> reqwest::Result<Self> {
        Self::from_config(&PilotConfig::default())
    }

    pub fn from_config(config: &PilotConfig) -> reqwest::Result<Self> {
        Ok(Self { http: config.builder().build()? })
    }
}

impl PilotConfig {
    pub(crate) fn builder(&self) -> ClientBuilder {
        let Self { lenient, agent } = self;
        let builder = ClientBuilder::new().user_agent(agent);
        if *lenient {
            return builder.tls_danger_accept_invalid_certs(true); // expect: MTLS401
        }
        builder
    }
}
