// Errors and warnings as text for the standard error.
#pragma once

#include <string>

#include "superconfig/config.hpp"

namespace superconfig::cli {

/// One line an error; on a terminal the source line too, with the place underlined. Secrets are left out of it.
std::string text_of(const Errors& errors);
/// One line, without a line end.
std::string text_of(Warning warning);
/// What is worth a look in the configuration, one line each.
std::string warnings_of(const SuperConfig& config);
/// That there is nothing at the path, with what may have been meant.
Errors no_such_key(const SuperConfig& config, const Path& path);

}  // namespace superconfig::cli
