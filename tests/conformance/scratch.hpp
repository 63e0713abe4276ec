// The place a case runs in: a fresh directory with the case's files, which is also the working directory.
//
// Only one Scratch may live at a time: the working directory and HOME belong to the process.
#pragma once

#include <filesystem>
#include <string>

#include "superconfig/value.hpp"

namespace superconfig::conformance {

/// A directory of its own below the system's temporary one; it goes with the object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

class Scratch {
 public:
  /// Writes the case's `files`, enters its `cwd`, and sets HOME to `$ROOT/home`.
  explicit Scratch(const Value& body);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  /// Goes back to where it came from.
  ~Scratch();
  /// `$ROOT`.
  [[nodiscard]] std::string root() const { return directory_.path().string(); }

 private:
  TemporaryDirectory directory_;
  std::filesystem::path before_;
};

}  // namespace superconfig::conformance
