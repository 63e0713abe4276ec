// Files and texts of a format.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "superconfig/format.hpp"
#include "superconfig/providers/target.hpp"

namespace superconfig {
namespace detail {

/// A file or text of one format.
class FormatProvider : public Provider {
 public:
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 protected:
  enum class From : std::uint8_t { searched, exact, text };
  FormatProvider(Format format, From from, std::string_view what);
  void nest() {
    nested_ = true;
    profile_.reset();
  }
  void write(std::string_view profile) { profile_ = profile; }
  void require() { required_ = true; }

 private:
  Format format_;
  From from_;
  bool nested_ = false;
  bool required_ = false;
  std::optional<std::string> profile_;
  std::string what_;       // the path as given, or the text
  std::string directory_;  // the working directory when this was made
};

template <Format format>
class FormatOf final : public FormatProvider {
 public:
  /// Looked for in the working directory, then in its parents. A missing file, or a directory of that name, is an
  /// empty layer unless `.required()`.
  static FormatOf file(std::string_view path) { return {From::searched, path}; }
  /// Not searched for; it must exist (`not_found`).
  static FormatOf file_exact(std::string_view path) { return {From::exact, path}; }
  static FormatOf string(std::string_view text) { return {From::text, text}; }

  /// Top-level tables are profiles; a top-level value that is no dict is an error. Of `nested` and `profile` the
  /// later call counts.
  [[nodiscard]] FormatOf nested() const {
    auto copy = *this;
    copy.nest();
    return copy;
  }
  /// The profile to write (default: `default`).
  [[nodiscard]] FormatOf profile(std::string_view name) const {
    auto copy = *this;
    copy.write(name);
    return copy;
  }
  /// A missing file is an error.
  [[nodiscard]] FormatOf required() const {
    auto copy = *this;
    copy.require();
    return copy;
  }

 private:
  FormatOf(From from, std::string_view what) : FormatProvider(format, from, what) {}
};

}  // namespace detail

using Toml = detail::FormatOf<Format::toml>;
using Yaml = detail::FormatOf<Format::yaml>;
using Json = detail::FormatOf<Format::json>;

/// A file whose extension says its format: what `with_file` adds. Without an extension: the path itself if it is a
/// file, else the first of path + .toml, .json that is. It must exist unless `.optional()`.
class File final : public Provider, public detail::ToProfile<File> {
 public:
  explicit File(std::string_view path);
  /// Missing is an empty layer.
  [[nodiscard]] File optional() const;
  /// Top-level tables are profiles. Of `nested` and `profile` the later call counts.
  [[nodiscard]] File nested() const;
  [[nodiscard]] File profile(std::string_view name) const;
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  std::string path_;  // absolute
  bool optional_ = false;
  bool nested_ = false;
};

/// A text whose format its content tells: what `with_defaults_string` adds.
class Text final : public Provider, public detail::ToProfile<Text> {
 public:
  explicit Text(std::string_view text) : text_(text) {}
  [[nodiscard]] Metadata metadata() const override { return {"text", {}}; }
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  std::string text_;
};

}  // namespace superconfig
