// What the parsers of JSON and of JSON with comments share.
#pragma once

#include <cstddef>
#include <string_view>

#include "formats/json_problem.hpp"
#include "superconfig/error.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// JSON text that is the source's bytes from `skipped` on, character by character in the same places.
Result<Value> parse_json_text(const Source& source, std::size_t skipped, std::string_view text, JsonComments comments);

}  // namespace superconfig
