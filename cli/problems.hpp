// Errors and warnings as text for the standard error.
#pragma once

#include <string>
#include <vector>

#include "superconfig/config.hpp"

namespace superconfig::cli {

/// One line an error; if the stream that it is for is a terminal the source line too, with the place underlined.
std::string text_of(const Errors& errors, int stream);
/// One line, without a line end.
std::string text_of(Warning warning);
/// What is worth a look in the configuration: what composing says, and a selected profile that no layer has.
std::vector<Warning> all_warnings(const SuperConfig& config);
/// The same as text for the standard error, one line each, or as JSON (nothing if there are none).
std::string warnings_of(const SuperConfig& config, bool json);
/// That there is nothing at the path, with what may have been meant.
Errors no_such_key(const SuperConfig& config, const Path& path);

}  // namespace superconfig::cli
