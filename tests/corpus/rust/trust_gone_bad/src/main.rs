mod archive;
mod inward;

fn main() -> anyhow::Result<()> {
    let acceptor = inward::acceptor()?;
    let roots = archive::roots()?;
    meters::run(acceptor, roots)
}
