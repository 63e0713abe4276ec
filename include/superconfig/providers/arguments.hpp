// Command line arguments.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/providers/target.hpp"

namespace superconfig {

/// Options of a command line: what `with_args` adds. Writes `global` unless told otherwise.
///
/// `--a.b=text`, `--a.b text`, `--flag`, `--no-flag`; `--` ends the options. An option takes the next argument unless
/// that begins with `--` or the option is a known bool. Names match known keys ignoring ASCII case, `-` in the name
/// being
/// `_`, `-` or a level; `.` is a level. If a type is known, an unknown option is an error; else it is kept. The last of
/// a repeated option counts. Only options that were given form the layer; texts are read as an environment variable's.
class Arguments final : public Provider, public detail::ToProfile<Arguments> {
 public:
  /// `argv[0]` is passed over. `below`: what tells which options are bools. What is no option is added to `positional`.
  Arguments(int argc, const char* const* argv, const Below& below, std::vector<std::string>* positional = nullptr);

  [[nodiscard]] Metadata metadata() const override { return {"command line", {}}; }
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;
  [[nodiscard]] bool looks_below() const noexcept override { return true; }

 private:
  struct Option {
    std::string name;                 // without the dashes
    std::optional<std::string> text;  // nothing: a flag
    std::size_t index = 0;            // in argv
  };
  std::shared_ptr<const std::vector<Option>> options_;
};

}  // namespace superconfig
