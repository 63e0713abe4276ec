// What is wrong with a JSON text, for people.
//
// simdjson says that a text is not JSON but not where. This slow reader of RFC 8259 runs only after it has failed,
// and finds the first problem, its place and what to do about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace superconfig {

enum class JsonComments : std::uint8_t { refused, removed };

struct JsonProblem {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

/// The first problem of the text (without its byte order mark), or nothing if it is JSON of at most `max_nesting`
/// levels with numbers that fit. `JsonComments::removed`: where comments stood there is space now.
std::optional<JsonProblem> find_json_problem(std::string_view text, JsonComments comments = JsonComments::refused);

}  // namespace superconfig
