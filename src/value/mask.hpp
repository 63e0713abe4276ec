// What may be shown of a value. Used by everything that prints for people: errors, warnings, messages, `explain`,
// `diff`; never by reads and exports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig::detail {

/// True if the name, split at `_`, `-` and changes of case, contains one of these words in sequence: password,
/// passwd, secret, token, api key, private key, credential, credentials. Letters of either case.
bool names_secret(std::string_view segment) noexcept;
/// True if the last segment that is no array index names a secret.
bool names_secret(const std::vector<std::string>& path) noexcept;

/// The text with the passwords of URLs (`scheme://user:pass@host`) replaced by `***`.
std::string masked_text(std::string_view text);

/// A value in words: `the string "abc"`, `the integer 5`, `an array`, `null`. Long texts are cut. With `secret` only
/// the kind is said; passwords in URLs never are.
std::string describe(const Value& value, bool secret);
/// The same for the value at a path.
std::string describe(const Value& value, const std::vector<std::string>& path);

}  // namespace superconfig::detail
