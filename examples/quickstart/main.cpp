#include <chrono>
#include <iostream>
#include <string>
#include <superconfig/superconfig.hpp>
#include <vector>

struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  unsigned max_conn = 100;
};

struct Settings {
  Server server;
  std::chrono::milliseconds timeout{5000};
  std::vector<std::string> features;
};

int main(int argc, char** argv) try {
  // Layers, from the weakest to the strongest. Nothing is read yet.
  auto config = superconfig::SuperConfig()
                    .with_defaults(Settings{})  // what holds if nobody says otherwise
                    .with_file("app.toml")      // must be there; with_file_opt need not
                    .with_env("APP_");          // APP_SERVER_PORT, APP_TIMEOUT
  for (int i = 1; i < argc; ++i) config = config.with_set(argv[i]);

  // Everything as your type, or a ConfigError with every problem.
  const auto settings = config.extract<Settings>();
  std::cout << settings.server.host << ':' << settings.server.port << ", at most " << settings.server.max_conn
            << " connections, " << settings.timeout.count() << " ms\n";
  for (const auto& feature : settings.features) std::cout << "feature: " << feature << '\n';

  // One value, and who set it.
  std::cout << config.get<int>("server.port") << " comes from " << config.find_metadata("server.port")->to_string()
            << '\n';
  return 0;
} catch (const superconfig::ConfigError& error) {
  for (const auto& problem : error.errors()) std::cerr << problem.to_string() << '\n';
  return 1;
}
