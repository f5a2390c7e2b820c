mod booths;
mod prelude;

fn main() -> anyhow::Result<()> {
    booths::open(prelude::Roots::empty())
}
