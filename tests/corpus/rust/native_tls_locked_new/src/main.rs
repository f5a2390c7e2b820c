//! Polls feeds and reports which of them changed. native-tls is locked at a version whose
//! own minimum is TLS 1.2.

mod fetch;

use std::collections::hash_map::{DefaultHasher, HashMap};
use std::hash::{Hash, Hasher};
use std::{thread, time::Duration};

fn digest(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let feeds: Vec<String> = std::env::args().skip(1).collect();
    let fetcher = fetch::Fetcher::new()?;
    let mut seen: HashMap<&str, u64> = HashMap::new();
    loop {
        for feed in &feeds {
            match fetcher.get(feed, "/feed.xml") {
                Ok(body) => {
                    let now = digest(&body);
                    if seen.insert(feed, now).is_some_and(|before| before != now) {
                        println!("{feed} changed");
                    }
                }
                Err(error) => eprintln!("{feed}: {error}"),
            }
        }
        thread::sleep(Duration::from_secs(300));
    }
}
