// What `--help` says.
#pragma once

#include <string_view>

namespace superconfig::cli {

/// The help of a subcommand; of an unknown name (or none): of the command.
std::string_view help_of(std::string_view command);

}  // namespace superconfig::cli
