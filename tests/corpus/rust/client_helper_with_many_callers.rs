//! Waterways console: one helper makes the client of every device, and each goes on by itself.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Result};

/// Some devices answer on IPv4 only, and slowly.
pub(crate) fn patient() -> ClientBuilder {
    Client::builder()
        .local_address(std::net::IpAddr::from([0, 0, 0, 0]))
        .connect_timeout(Duration::from_secs(4))
}

mod barrier {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(5))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod bridge {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(8))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod buoy {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(10))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod camera {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(20))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod canal {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(30))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod crane {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(5))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod dock {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(8))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod ferry {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(10))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod gate {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(20))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod harbour {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(30))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod light {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(5))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod lock {
    pub fn client(agent: &str) -> reqwest::Result<reqwest::Client> {
        crate::patient().user_agent(agent).build()
    }
}

mod mooring {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(10))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod pilot {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(20))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod pump {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(30))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod quay {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(5))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod radar {
    pub fn client(agent: &str) -> reqwest::Result<reqwest::Client> {
        crate::patient().user_agent(agent).build()
    }
}

mod signal {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(10))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod sluice {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(20))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod tide {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(30))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

mod weir {
    pub fn client() -> reqwest::Result<reqwest::Client> {
        crate::patient()
            .timeout(std::time::Duration::from_secs(5))
            .danger_accept_invalid_certs(true) // expect: MTLS401
            .build()
    }
}

pub fn all() -> Result<Vec<Client>> {
    Ok(vec![
        barrier::client()?,
        bridge::client()?,
        buoy::client()?,
        camera::client()?,
        canal::client()?,
        crane::client()?,
        dock::client()?,
        ferry::client()?,
        gate::client()?,
        harbour::client()?,
        light::client()?,
        lock::client("waterways")?,
        mooring::client()?,
        pilot::client()?,
        pump::client()?,
        quay::client()?,
        radar::client("waterways")?,
        signal::client()?,
        sluice::client()?,
        tide::client()?,
        weir::client()?,
    ])
}
