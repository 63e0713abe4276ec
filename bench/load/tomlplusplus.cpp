// toml++ alone, with the settings that the library has: without exceptions, floats by std::from_chars. The library's
// own copy is in a namespace of another name, so the two do not mix.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#define TOML_FLOAT_CHARCONV 1
#include <toml++/toml.h>

#include "load/load.hpp"

namespace bench {

Task parse_by_tomlplusplus(std::string text) {
  return {"toml++ alone", [text = std::move(text)](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              const auto parsed = toml::parse(std::string_view(text));
              if (parsed) sum += parsed.table().size();
            }
            return sum;
          }};
}

}  // namespace bench
