// The small configuration: what a service has in real life. A TOML file, a JSON file, five variables, a struct.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/generate.hpp"

namespace bench {

extern const std::string_view small_toml;
extern const std::string_view small_json;
/// A nested file over the small and the medium configuration: a profile, `production`, and array edits.
extern const std::string_view edits_toml;

/// Begin with the prefix; each means a key of the files.
struct Variable {
  const char* name;
  const char* text;
};
extern const std::vector<Variable> small_variables;
inline constexpr std::string_view small_prefix = "ORDERS_";

/// Integers of the files that no variable changes.
std::vector<Number> small_numbers();

struct Tls {
  bool enabled = false;
  std::string certificate;

  friend bool operator==(const Tls&, const Tls&) = default;
};

struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 80;
  unsigned max_conn = 100;
  unsigned timeout_ms = 1000;
  std::uint64_t max_body = 0;
  Tls tls;

  friend bool operator==(const Server&, const Server&) = default;
};

struct Retry {
  unsigned attempts = 1;
  unsigned backoff_ms = 0;
  double jitter = 0;

  friend bool operator==(const Retry&, const Retry&) = default;
};

struct Database {
  std::string host;
  std::uint16_t port = 0;
  std::string user;
  unsigned pool_size = 1;
  Retry retry;

  friend bool operator==(const Database&, const Database&) = default;
};

enum class Level { debug, info, warning, error };

struct Log {
  Level level = Level::error;
  std::string file;

  friend bool operator==(const Log&, const Log&) = default;
};

struct Cache {
  bool enabled = false;
  unsigned ttl_s = 0;
  std::vector<std::string> nodes;

  friend bool operator==(const Cache&, const Cache&) = default;
};

struct Limits {
  unsigned per_minute = 0;
  unsigned burst = 0;
  double ratio = 0;

  friend bool operator==(const Limits&, const Limits&) = default;
};

struct Settings {
  std::string name;
  bool debug = false;
  std::vector<std::string> features;
  Server server;
  Database database;
  Log log;
  Cache cache;
  Limits limits;

  friend bool operator==(const Settings&, const Settings&) = default;
};

/// What the files and the variables say.
Settings small_settings();

}  // namespace bench
