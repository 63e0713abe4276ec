//! Configurations behind handles as the first generation had them: a table from a number to a figment, and every
//! operation clones. What adds a layer clones the figment and merges into the clone; what reads has figment clone and
//! merge its profiles. Nothing is cloned beyond that: reads do not take the figment out of the table.
//!
//! `figment_clone DIRECTORY` works on the files that `bench_superconfig --write` wrote there, and prints as JSON, for
//! each task, the median of its times (nanoseconds of processor time) and what ten runs of it answer. The tasks are
//! those of bench/clone_vs_figment/ours.cpp, by name, timed as in bench/harness.cpp.

use figment::providers::{Env, Format, Json, Toml};
use figment::value::Value;
use figment::Figment;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, RwLock};

// ---- handles ----

static TABLE: LazyLock<RwLock<HashMap<u64, Figment>>> = LazyLock::new(Default::default);
static NEXT: AtomicU64 = AtomicU64::new(1);

fn insert(figment: Figment) -> u64 {
    let handle = NEXT.fetch_add(1, Ordering::Relaxed);
    TABLE.write().unwrap().insert(handle, figment);
    handle
}

fn remove(handle: u64) {
    let removed = TABLE.write().unwrap().remove(&handle);
    drop(removed);
}

fn read<T>(handle: u64, f: impl FnOnce(&Figment) -> T) -> T {
    f(&TABLE.read().unwrap()[&handle])
}

/// A new handle of what `f` makes of a clone.
fn derive(handle: u64, f: impl FnOnce(Figment) -> Figment) -> u64 {
    let clone = read(handle, Figment::clone);
    insert(f(clone))
}

// ---- what is read ----

#[derive(Deserialize)]
#[allow(dead_code)]
struct Tls {
    enabled: bool,
    certificate: String,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Server {
    host: String,
    port: u16,
    max_conn: u32,
    timeout_ms: u32,
    max_body: u64,
    tls: Tls,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Retry {
    attempts: u32,
    backoff_ms: u32,
    jitter: f64,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Database {
    host: String,
    port: u16,
    user: String,
    pool_size: u32,
    retry: Retry,
}
#[derive(Deserialize)]
#[allow(non_camel_case_types)]
enum Level {
    debug,
    info,
    warning,
    error,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Log {
    level: Level,
    file: String,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Cache {
    enabled: bool,
    ttl_s: u32,
    nodes: Vec<String>,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Limits {
    per_minute: u32,
    burst: u32,
    ratio: f64,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Settings {
    name: String,
    debug: bool,
    features: Vec<String>,
    server: Server,
    database: Database,
    log: Log,
    cache: Cache,
    limits: Limits,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Burst {
    soft: u32,
    hard: u32,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Pool {
    min: u32,
    max: u32,
    idle_s: f64,
    grow: bool,
    burst: Burst,
}
#[derive(Deserialize)]
#[allow(dead_code)]
struct Service {
    host: String,
    port: u16,
    enabled: bool,
    weight: f64,
    workers: u32,
    region: String,
    timeout_ms: u32,
    retries: u32,
    tags: Vec<String>,
    quota: u64,
    level: String,
    since: String,
    pool: Pool,
}

type Nested = BTreeMap<String, BTreeMap<String, Value>>;

/// `ORDERS_DATABASE_POOL_SIZE` is `database.pool_size`.
fn variables() -> Env {
    Env::prefixed("ORDERS_").map(|key| key.as_str().replacen('_', ".", 1).into())
}

fn number(figment: &Figment, path: &str) -> u64 {
    figment.extract_inner::<i64>(path).unwrap() as u64
}

fn size_of_dict(figment: &Figment, path: &str) -> u64 {
    figment.find_value(path).unwrap().into_dict().unwrap().len() as u64
}

// ---- the tasks ----

struct Task {
    size: &'static str,
    name: &'static str,
    run: Box<dyn Fn(u64) -> u64>,
}

fn task(size: &'static str, name: &'static str, once: impl Fn(u64) -> u64 + 'static) -> Task {
    let run = move |n| (0..n).map(&once).fold(0u64, u64::wrapping_add);
    Task { size, name, run: Box::new(run) }
}

/// What is the same for both sizes, on a handle that stays.
fn tasks_of(size: &'static str, base: u64, path: &'static str, table: &'static str) -> Vec<Task> {
    vec![
        task(size, "clone_config, drop", move |_| {
            remove(derive(base, |figment| figment));
            1
        }),
        task(size, "with_value, drop", move |i| {
            remove(derive(base, |figment| figment.merge((path, i))));
            1
        }),
        task(size, "select, drop", move |_| {
            remove(derive(base, |figment| figment.select("other")));
            1
        }),
        task(size, "focus, drop", move |_| {
            remove(derive(base, |figment| figment.focus(table)));
            1
        }),
        task(size, "with_value, get, drop", move |i| {
            let derived = derive(base, |figment| figment.merge((path, i)));
            let found = read(derived, |figment| number(figment, path));
            remove(derived);
            found
        }),
        task(size, "get<int>", move |_| read(base, |figment| number(figment, path))),
        task(size, "has_key", move |_| read(base, |figment| u64::from(figment.contains(path)))),
        task(size, "find_value, a table", move |_| read(base, |figment| size_of_dict(figment, table))),
        task(size, "as_json", move |_| {
            read(base, |figment| serde_json::to_string_pretty(&figment.extract::<Value>().unwrap()).unwrap().len() as u64)
        }),
    ]
}

fn tasks(directory: &str) -> Vec<Task> {
    let file = |name: &str| format!("{directory}/{name}");
    let (small_toml, small_json) = (file("small.toml"), file("small.json"));
    let (medium_toml, medium_json) = (file("medium.toml"), file("medium.json"));

    let small = insert(
        Figment::new().merge(Toml::file(&small_toml)).merge(Json::file(&small_json)).merge(variables()),
    );
    let medium = insert(
        Figment::new()
            .merge(Toml::file(&small_toml))
            .merge(Json::file(&medium_json)) // figment has no dates: here they are strings
            .merge(Json::file(&small_json))
            .merge(variables()),
    );
    let mut all = tasks_of("small", small, "server.timeout_ms", "database");
    all.extend(tasks_of("medium", medium, "service_0007.timeout_ms", "service_0007"));
    all.push(task("small", "extract", move |_| {
        read(small, |figment| figment.extract::<Settings>().unwrap().features.len() as u64)
    }));
    all.push(task("medium", "extract_inner, one service", move |_| {
        read(medium, |figment| figment.extract_inner::<Service>("service_0007").unwrap().tags.len() as u64)
    }));
    all.push(task("small", "load and extract", move |_| {
        let mut handle = insert(Figment::new());
        for step in 0..3 {
            let next = derive(handle, |figment| match step {
                0 => figment.merge(Toml::file_exact(&small_toml)),
                1 => figment.merge(Json::file_exact(&small_json)),
                _ => figment.merge(variables()),
            });
            remove(handle);
            handle = next;
        }
        let settings = read(handle, |figment| figment.extract::<Settings>().unwrap());
        remove(handle);
        settings.features.len() as u64
    }));
    all.push(task("medium", "load and extract", move |_| {
        let empty = insert(Figment::new());
        let handle = derive(empty, |figment| figment.merge(Toml::file_exact(&medium_toml)));
        remove(empty);
        let nested = read(handle, |figment| figment.extract::<Nested>().unwrap());
        remove(handle);
        nested.len() as u64
    }));
    all
}

// ---- timing: see bench/harness.cpp ----

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}
extern "C" {
    fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
    fn malloc(size: usize) -> *mut u8;
    fn free(memory: *mut u8);
}
const CLOCK_THREAD_CPUTIME_ID: i32 = 3;

fn cpu_ns() -> f64 {
    let mut now = Timespec { seconds: 0, nanoseconds: 0 };
    unsafe { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &mut now) };
    now.seconds as f64 * 1e9 + now.nanoseconds as f64
}

const ROUND_NS: f64 = 300e3;
const BLOCK_NS: f64 = 250e6;

fn run_once(task: &Task, n: u64) -> f64 {
    // What others have freed is tidied up before the time begins.
    unsafe { free(std::hint::black_box(malloc(1 << 20))) };
    let begin = cpu_ns();
    std::hint::black_box((task.run)(n));
    cpu_ns() - begin
}

fn repetitions(task: &Task) -> u64 {
    let mut n = 1;
    loop {
        let taken = run_once(task, n);
        if taken >= ROUND_NS / 2.0 {
            return ((n as f64 * ROUND_NS / taken) as u64).max(1);
        }
        n *= 2;
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let directory = std::env::args().nth(1).expect("usage: figment_clone DIRECTORY");
    let tasks = tasks(&directory);
    let answers: Vec<u64> = tasks.iter().map(|task| (task.run)(10)).collect();
    let n: Vec<u64> = tasks.iter().map(repetitions).collect();
    let round: f64 = tasks.iter().zip(&n).map(|(task, &n)| run_once(task, n)).sum();
    let rounds = ((BLOCK_NS / round) as usize).clamp(5, 41);
    let mut times = vec![Vec::new(); tasks.len()];
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    let mut random = 7u64;
    for _ in 0..rounds {
        for i in (1..order.len()).rev() {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            order.swap(i, (random >> 33) as usize % (i + 1));
        }
        for &at in &order {
            times[at].push(run_once(&tasks[at], n[at]) / n[at] as f64);
        }
    }
    let rows: Vec<_> = tasks
        .iter()
        .zip(times)
        .zip(answers)
        .map(|((task, times), answer)| {
            serde_json::json!({"size": task.size, "name": task.name, "ns": median(times), "answer": answer})
        })
        .collect();
    println!("{}", serde_json::to_string(&rows).unwrap());
}
