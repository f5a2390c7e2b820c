/// Which of the two is in use; not to be confused with the one of the crate.
#[derive(Clone)]
pub struct TlsAcceptor {
    pub name: &'static str,
}
