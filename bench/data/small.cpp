#include "data/small.hpp"

namespace bench {

const std::string_view small_toml = R"(# Where orders come in.
name = "orders"
debug = false
features = ["search", "reviews", "invoices"]

[server]
host = "0.0.0.0"
port = 8080
max_conn = 1000
timeout_ms = 2500
tls = { enabled = true, certificate = "/etc/orders/server.pem" }

[database]
host = "db.internal"
port = 5432
user = "orders"
pool_size = 20

# Each attempt waits twice as long as the one before.
[database.retry]
attempts = 5
backoff_ms = 250
jitter = 0.2

[log]
level = "info"
file = "/var/log/orders.log"
)";

const std::string_view small_json = R"({
  "server": { "max_body": 1048576 },
  "cache": { "enabled": true, "ttl_s": 600, "nodes": ["cache-1:11211", "cache-2:11211"] },
  "limits": { "per_minute": 600, "burst": 50, "ratio": 0.75 }
}
)";

const std::string_view edits_toml = R"([default]
features_add = ["exports"]

[default.service_0003]
tags_add = ["blue"]

[production]
features_remove = ["reviews"]

[production.database]
host = "db.production.internal"

[production.service_0004]
timeout_ms = 4444
tags_remove = ["canary"]
)";

const std::vector<Variable> small_variables{{"ORDERS_SERVER_PORT", "9090"},
                                            {"ORDERS_DATABASE_HOST", "db-2.internal"},
                                            {"ORDERS_DATABASE_POOL_SIZE", "40"},
                                            {"ORDERS_LOG_LEVEL", "debug"},
                                            {"ORDERS_LIMITS_BURST", "100"}};

std::vector<Number> small_numbers() {
  return {{"server.max_conn", 2, 1000},      {"server.timeout_ms", 2, 2500},
          {"server.max_body", 2, 1048576},   {"database.port", 2, 5432},
          {"cache.ttl_s", 2, 600},           {"limits.per_minute", 2, 600},
          {"database.retry.attempts", 3, 5}, {"database.retry.backoff_ms", 3, 250}};
}

Settings small_settings() {
  return {.name = "orders",
          .debug = false,
          .features = {"search", "reviews", "invoices"},
          .server = {.host = "0.0.0.0",
                     .port = 9090,
                     .max_conn = 1000,
                     .timeout_ms = 2500,
                     .max_body = 1048576,
                     .tls = {.enabled = true, .certificate = "/etc/orders/server.pem"}},
          .database = {.host = "db-2.internal",
                       .port = 5432,
                       .user = "orders",
                       .pool_size = 40,
                       .retry = {.attempts = 5, .backoff_ms = 250, .jitter = 0.2}},
          .log = {.level = Level::debug, .file = "/var/log/orders.log"},
          .cache = {.enabled = true, .ttl_s = 600, .nodes = {"cache-1:11211", "cache-2:11211"}},
          .limits = {.per_minute = 600, .burst = 100, .ratio = 0.75}};
}

}  // namespace bench
