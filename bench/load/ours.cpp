#include "load/load.hpp"

namespace bench {

using superconfig::SuperConfig;

Settings load_settings(const std::string& toml, const std::string& json) {
  return SuperConfig().with_file(toml).with_file(json).with_env(small_prefix).extract<Settings>();
}

Nested load_nested(const std::string& file) { return SuperConfig().with_file(file).extract<Nested>(); }

Task load_typed(const std::string& toml, const std::string& json) {
  return {"extract<Settings>", [toml, json](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += load_settings(toml, json).features.size();
            return sum;
          }};
}

Task load_typed_over_defaults(const std::string& toml, const std::string& json) {
  return {"with_defaults, extract<Settings>", [toml, json](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i)
              sum += SuperConfig()
                         .with_defaults(Settings{})
                         .with_file(toml)
                         .with_file(json)
                         .with_env(small_prefix)
                         .extract<Settings>()
                         .features.size();
            return sum;
          }};
}

Task load_untyped(const std::string& file) {
  return {"extract<nested maps>", [file](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += load_nested(file).size();
            return sum;
          }};
}

Task load_resolved(const std::string& file) {
  return {"value()", [file](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += SuperConfig().with_file(file).value().size();
            return sum;
          }};
}

}  // namespace bench
