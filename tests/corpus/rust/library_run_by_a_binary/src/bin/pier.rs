#[tokio::main]
async fn main() -> anyhow::Result<()> {
    ferry_times::rehearse("127.0.0.1:8081".parse()?).await?;
    ferry_times::tell("0.0.0.0:8080".parse()?).await
}
