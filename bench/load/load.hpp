// Loading cold: a new configuration from files (and variables), to the answer, and its end.
#pragma once

#include <map>
#include <string>
#include <superconfig/config.hpp>
#include <vector>

#include "data/small.hpp"
#include "harness.hpp"

namespace bench {

/// What a program without a struct asks for: service, key, value.
using Nested = std::map<std::string, std::map<std::string, superconfig::Value>>;

Settings load_settings(const std::string& toml, const std::string& json);
Nested load_nested(const std::string& file);

/// Their answers are the number of entries at the top.
Task load_typed(const std::string& toml, const std::string& json);
Task load_typed_over_defaults(const std::string& toml, const std::string& json);
Task load_untyped(const std::string& file);
Task load_resolved(const std::string& file);

// The controls. A text is parsed from memory, and what the parser made is destroyed.
std::string read_bytes(const std::string& file);
Task read_files(const std::vector<std::string>& files);
Task parse_by_tomlplusplus(std::string text);
Task parse_by_simdjson(std::string text);

}  // namespace bench
