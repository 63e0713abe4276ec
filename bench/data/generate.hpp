// The configurations that are loaded. The same text on every machine and in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// An integer of a configuration that no other layer changes.
struct Number {
  std::string path;
  std::size_t levels = 0;
  std::int64_t value = 0;
};

/// One configuration, written twice.
struct Text {
  std::string toml, json;
  std::size_t leaves = 0;
  std::vector<Number> numbers;
};

/// Services, twenty leaves each: strings, integers, floats, bools, dates, arrays; tables two levels down.
/// 30 services are medium, 1,000 are large.
Text generate(std::size_t services);

}  // namespace bench
