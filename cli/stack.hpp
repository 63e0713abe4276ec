// The layers that a command line names, in the order of their options.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "superconfig/config.hpp"

namespace superconfig::cli {

class Stack {
 public:
  // For the layers that follow.
  Order order = Order::merge;
  bool nested = false;
  bool array_edits = true;
  // For all of them.
  std::string profile;
  bool strict = false;

  void add_file(const std::string& path, bool optional);
  /// A file below all other layers, wherever its option stands.
  void add_defaults(const std::string& path);
  void add_app(const std::string& name);
  void add_glob(const std::string& pattern);
  void add_variables(const std::string& prefix);
  void add_setting(const std::string& path_and_text);

  [[nodiscard]] bool empty() const noexcept { return layers_.empty() && defaults_.empty(); }
  /// The configuration. `without`: the variables with this prefix are left out.
  [[nodiscard]] SuperConfig config(const std::string* without = nullptr) const;

 private:
  struct Layer {
    std::function<SuperConfig(const SuperConfig&)> put_on;
    bool array_edits = true;
    std::string prefix{};  // of variables
  };
  template <class P>
  void add(P provider, std::string prefix = {});
  [[nodiscard]] File file(const std::string& path) const;

  std::vector<Layer> defaults_, layers_;
};

/// What `--strict` makes of variables that match no known key: errors, with the nearest key.
Errors unmatched_in(const SuperConfig& config);
Errors errors_of(const std::vector<Unmatched>& unmatched);

}  // namespace superconfig::cli
