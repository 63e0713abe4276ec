// What the shop can be told, and what holds if nobody says otherwise. Plain structs: the names of the fields are the
// names in files, in variables and on the command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <superconfig/superconfig.hpp>
#include <vector>

namespace shop {

struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  unsigned workers = 2;
  std::chrono::milliseconds request_timeout{5000};
  superconfig::ByteSize max_body{64 * 1024};

  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Server::workers).range(1, 256));
  }
};

struct Database {
  std::string host = "localhost";
  std::uint16_t port = 5432;
  std::string user;
  superconfig::Secret<std::string> password;
  unsigned max_conn = 10;
};

enum class Level { debug, info, warning, error };

struct Log {
  Level level = Level::warning;
  std::optional<superconfig::RelativePath> file;  // relative to the file that says so
};

struct Shipping {
  std::string to;
  double price = 0;
  std::optional<double> free_from;
};

struct Settings {
  std::string name = "a shop";
  std::vector<std::string> features;
  Server server;
  Database database;
  Log log;
  std::string currency = "EUR";
  std::map<std::string, double> pricing;
  std::vector<Shipping> shipping;
};

}  // namespace shop
