// What may be shown of a value. Used by everything that prints for people: errors, warnings, messages, `explain`,
// `diff`; never by reads and exports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"
#include "text/secrets.hpp"

namespace superconfig::detail {

/// True if the last segment that is no array index names a secret.
bool names_secret(const std::vector<std::string>& path) noexcept;

/// A value in words: `the string "abc"`, `the integer 5`, `an array`, `null`. Long texts are cut. With `secret` only
/// the kind is said; passwords in URLs never are.
std::string describe(const Value& value, bool secret);
/// The same for the value at a path.
std::string describe(const Value& value, const std::vector<std::string>& path);

}  // namespace superconfig::detail
