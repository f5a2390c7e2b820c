/// What the command line said.
pub struct Lookup {
    pub host: String,
    pub port: u16,
    pub check_certificate: bool,
}
