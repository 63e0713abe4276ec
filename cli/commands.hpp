// The subcommands: a configuration and what was asked of it, in; what goes to both streams and the exit status, out.
// Nothing is printed here, so a command that fails has printed nothing to the standard output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "superconfig/config.hpp"
#include "superconfig/format.hpp"

namespace superconfig::cli {

enum class Status : std::uint8_t {
  done = 0,
  no = 1,       ///< the answer is no: there is no such key
  unusable = 2  ///< the input or the command line cannot be used
};

/// What the command line asks for, beside the layers.
struct Options {
  std::optional<Format> format;
  bool origins = false;
  bool reveal = false;
  std::string path;
};

struct Outcome {
  std::string output;  ///< for the standard output
  std::string errors;  ///< for the standard error
  Status status = Status::done;
};

/// Every value, as a listing or a document.
Outcome show(const SuperConfig& config, const Options& options);
/// One value or sub-tree.
Outcome get(const SuperConfig& config, const Options& options);
/// Who set a value, and what it shadows.
Outcome explain(const SuperConfig& config, const Options& options);
/// A document in another format. `file`: a path, or "-" for the standard input; `from`: if not given, by extension.
Outcome convert(const std::string& file, std::optional<Format> from, Format to);

/// What an operation that failed leaves.
Outcome failed(const Errors& errors, Status status = Status::unusable);

}  // namespace superconfig::cli
