// A program outside the repository that uses the library: two texts, one setting, and what comes of them.
#include <cstdio>
#include <string>
#include <superconfig/superconfig.hpp>

int main() {
  using superconfig::SuperConfig, superconfig::Json, superconfig::Toml;

  const auto config = SuperConfig()
                          .merge(Toml::string("server = { host = 'localhost', port = 80 }"))
                          .merge(Json::string(R"({"server": {"host": "example.org"}})"))
                          .with_set("server.port=8080");
  std::printf("SuperConfig " SUPERCONFIG_VERSION ": %s:%d\n", config.get<std::string>("server.host").c_str(),
              config.get<int>("server.port"));
  return config.get<std::string>("server.host") == "example.org" && config.get<int>("server.port") == 8080 ? 0 : 1;
}
