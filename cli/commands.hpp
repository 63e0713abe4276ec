// The subcommands: a configuration and what was asked of it, in; what goes to both streams and the exit status, out.
// Nothing is printed here, so a command that fails has printed nothing to the standard output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stack.hpp"
#include "superconfig/config.hpp"
#include "superconfig/format.hpp"

namespace superconfig::cli {

enum class Status : std::uint8_t {
  done = 0,
  no = 1,       ///< the answer is no: there is no such key, the two differ, there are problems
  unusable = 2  ///< the input or the command line cannot be used
};

/// What the command line asks for, beside the layers.
struct Options {
  std::optional<Format> format;
  bool origins = false;
  bool reveal = false;
  bool json = false;
  bool all = false;
  std::string path;
};

struct Outcome {
  std::string output{};  ///< for the standard output
  std::string errors{};  ///< for the standard error
  Status status = Status::done;
};

/// Every value, as a listing or a document.
Outcome show(const SuperConfig& config, const Options& options);
/// One value or sub-tree.
Outcome get(const SuperConfig& config, const Options& options);
/// The names in the dict at the path, or the paths of all values below it.
Outcome keys(const SuperConfig& config, const Options& options);
/// Who set a value, and what it shadows.
Outcome explain(const SuperConfig& config, const Options& options);
/// Every problem that a program would have with the layers.
Outcome check(const SuperConfig& config, bool strict, const Options& options);
/// What the second configuration has otherwise than the first.
Outcome diff(const SuperConfig& left, const SuperConfig& right, const Options& options);
/// The variables with a prefix: those that reach a key, and those that are set.
Outcome variables(const SuperConfig& config, const std::string& prefix, bool strict, const Options& options);
/// A document in another format. `file`: a path, or "-" for the standard input; `from`: if not given, by extension.
Outcome convert(const std::string& file, std::optional<Format> from, Format to, const Options& options);
/// The script that completes command lines in a shell; nothing for an unknown one.
std::optional<std::string> completion(std::string_view shell);

/// What an operation that failed leaves.
Outcome failed(const Errors& errors, const Options& options, Status status = Status::unusable);

/// A tree as a document that ends with a line end.
Result<std::string> document(const Value& value, Format format);
/// The same for what `--json` prints: it holds only what JSON can.
Outcome printed(const Value& json, const Options& options, Status status = Status::done);

}  // namespace superconfig::cli
