//! A firmware updater's own vocabulary. The words are the article's, the types are ours.

mod policy {
    /// What we ask of a client.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ClientAuth {
        Required,
        Optional,
    }

    pub struct HyperTls {
        auth: ClientAuth,
    }

    impl HyperTls {
        pub fn new() -> Self {
            HyperTls { auth: ClientAuth::Required }
        }

        pub fn client_auth(mut self, auth: ClientAuth) -> Self {
            self.auth = auth;
            self
        }

        pub fn client_auth_native_tls(self, wanted: bool) -> Self {
            self.client_auth(if wanted { ClientAuth::Required } else { ClientAuth::Optional })
        }

        pub fn describe(&self) -> String {
            format!("{:?}", self.auth)
        }
    }
}

use policy::{ClientAuth, HyperTls};

/// Printed by `updater --explain`.
pub fn explain() -> Vec<String> {
    [
        HyperTls::new().client_auth(ClientAuth::Required),
        HyperTls::new().client_auth_native_tls(true),
        HyperTls::new().client_auth(ClientAuth::Optional),
    ]
    .iter()
    .map(HyperTls::describe)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_unless_told() {
        assert_eq!(explain()[0], "Required");
        assert_ne!(explain()[2], explain()[1]);
    }
}
