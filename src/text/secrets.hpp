// Names and texts that hide something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace superconfig::detail {

/// True if the name, split at `_`, `-` and changes of case, contains one of these words in sequence: password,
/// passwd, secret, token, api key, private key, credential, credentials. Letters of either case.
bool names_secret(std::string_view segment) noexcept;

/// The text with the passwords of URLs (`scheme://user:pass@host`) replaced by `***`.
std::string masked_text(std::string_view text);

/// Replaces what a line of a file says of a secret by `***`: all behind the `=` or `:` that follows its name. True if
/// the place at `column` (1-based, code points) is hidden by that; it is then moved to where the stars begin.
bool hide_secrets(std::string& line, std::uint32_t& column);

/// Replaces what a message quotes in backticks by `***`.
void hide_quoted(std::string& message);

}  // namespace superconfig::detail
