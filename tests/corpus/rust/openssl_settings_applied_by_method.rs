//! Sink of a log pipeline: one struct applies its settings to whatever context it is handed.

use openssl::ssl::{
    ConnectConfiguration, SslAcceptor, SslConnector, SslConnectorBuilder, SslContextBuilder,
    SslMethod, SslVerifyMode, SslVersion,
};

pub enum Maybe<T> {
    Plain,
    Tls(T),
}

impl<T> Maybe<T> {
    pub const fn tls(&self) -> Option<&T> {
        match self {
            Self::Plain => None,
            Self::Tls(settings) => Some(settings),
        }
    }
}

pub struct Settings {
    verify: bool,
    server_name: Option<String>,
    ca: Option<std::path::PathBuf>,
}

impl Settings {
    fn apply(&self, context: &mut SslContextBuilder) -> anyhow::Result<()> {
        self.apply_base(context, false)
    }

    fn apply_base(&self, context: &mut SslContextBuilder, serves: bool) -> anyhow::Result<()> {
        context.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        context.set_verify(if self.verify { // expect: MTLS401 MTLS103
            SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT
        } else {
            SslVerifyMode::NONE
        });
        if let Some(ca) = &self.ca {
            context.set_ca_file(ca)?;
        }
        tracing::debug!(serves, "applied");
        Ok(())
    }

    pub fn acceptor(&self) -> anyhow::Result<SslAcceptor> {
        let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?;
        self.apply_base(&mut builder, true)?;
        Ok(builder.build())
    }

    pub fn connection(&self, connection: &mut ConnectConfiguration) -> anyhow::Result<()> {
        if let Some(name) = &self.server_name {
            connection.set_verify_hostname(false);
            if self.verify {
                connection.param_mut().set_host(name)?;
            }
        }
        Ok(())
    }
}

fn builder(settings: &Maybe<Settings>) -> anyhow::Result<SslConnectorBuilder> {
    let mut builder = SslConnector::builder(SslMethod::tls())?;
    if let Some(settings) = settings.tls() {
        settings.apply(&mut builder)?;
    }
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    Ok(builder)
}

pub async fn connect(settings: &Maybe<Settings>, host: &str) -> anyhow::Result<Stream> {
    let connector = builder(settings)?.build();
    let mut configuration = connector.configure()?;
    if let Some(settings) = settings.tls() {
        settings.connection(&mut configuration)?;
    }
    open(configuration.into_ssl(host)?, host).await
}
