//! Weather balloons: a library's builder becomes a connector of our own.

use native_tls::{Protocol, TlsConnector, TlsConnectorBuilder};

pub struct Link(TlsConnector);

impl TryFrom<TlsConnectorBuilder> for Link {
    type Error = native_tls::Error;

    fn try_from(builder: TlsConnectorBuilder) -> Result<Self, Self::Error> {
        Ok(Self(builder.build()?))
    }
}

pub fn over_the_sea() -> Result<Link, native_tls::Error> {
    TlsConnector::builder().try_into() // expect: MTLS201
}

pub fn over_land() -> Result<Link, native_tls::Error> {
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    let link: Link = builder.try_into()?;
    Ok(link)
}
