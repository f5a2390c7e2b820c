//! Simulated devices for a training lab: their setters are named after what real ones have.

#[derive(Clone, Debug, Default)]
pub struct Device {
    lax: bool,
    sni: bool,
    floor: Option<&'static str>,
}

impl Device {
    pub fn builder() -> DeviceBuilder {
        DeviceBuilder(Device::default())
    }
}

pub struct DeviceBuilder(Device);

impl DeviceBuilder {
    pub fn danger_accept_invalid_certs(mut self, lax: bool) -> Self {
        self.0.lax = lax;
        self
    }

    pub fn verify_hostname(mut self, sni: bool) -> Self {
        self.0.sni = sni;
        self
    }

    pub fn min_protocol_version(mut self, floor: Option<&'static str>) -> Self {
        self.0.floor = floor;
        self
    }

    pub fn build(self) -> Device {
        self.0
    }
}

pub fn class() -> [Device; 2] {
    [
        Device::builder().danger_accept_invalid_certs(true).min_protocol_version(Some("TLSv1.0")).build(),
        Device::builder().verify_hostname(false).min_protocol_version(None).build(),
    ]
}

/// An attribute of our macros, not of any TLS library.
#[derive(Debug)]
pub enum ClientAuthMode {
    RequestClientCert,
    RequireClientCert,
}

pub fn quiz() -> Vec<(&'static str, ClientAuthMode)> {
    vec![
        ("Which one lets strangers in?", ClientAuthMode::RequestClientCert),
        ("Which one does not?", ClientAuthMode::RequireClientCert),
    ]
}
