use criterion::{criterion_group, criterion_main, Criterion};
use rustls::ServerConfig;

fn accept(criterion: &mut Criterion) {
    criterion.bench_function("builder", |bencher| {
        bencher.iter(|| ServerConfig::builder().with_no_client_auth())
    });
}

criterion_group!(benches, accept);
criterion_main!(benches);
