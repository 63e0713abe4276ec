// Composing trees that are written as JSON, each from a source of its own.
#pragma once

#include <gtest/gtest.h>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compose/compose.hpp"
#include "formats/formats.hpp"

namespace superconfig::testing {

/// A JSON object or array whose values all carry the mark.
inline Value tree_of_json(std::string_view json, Mark mark = {}) {
  auto tree = parse_json_scalar_tree(json, mark);
  if (!tree) ADD_FAILURE() << "bad JSON in a test: " << json;
  return tree ? *tree : Value();
}

/// One tree that layers are composed into.
///
///   Composing c;
///   c.layer("low", R"({"x":[1]})").layer("high", R"({"x_add":[2]})");
///   c.tree() == R"({"x":[1,2]})"; c.owner("x[1]") == "high";
class Composing {
 public:
  detail::ComposeRules rules;
  detail::Notes notes;
  std::vector<detail::Removed> removed;
  Value composed = Value::dict({});

  explicit Composing(detail::ComposeRules r = {}) : rules(r) { notes.removed = &removed; }
  Composing(const Composing&) = delete;
  Composing& operator=(const Composing&) = delete;

  template <std::convertible_to<std::string_view> Json>
  Composing& layer(std::string_view name, const Json& json, Order order = Order::merge) {
    return layer(name, tree_of_json(json, mark(name)), order);
  }
  Composing& layer(std::string_view name, const Value& tree, Order order = Order::merge) {
    mark(name);
    rules.order = order;
    detail::compose(composed, tree, rules, "default", notes);
    return *this;
  }
  /// The mark of a source of that name, which lives as long as this.
  Mark mark(std::string_view name) { return sources_.emplace_back(Source::other(name)).mark(); }

  [[nodiscard]] std::string tree() const { return composed.to_string(); }
  /// The name of the layer that the value at a path belongs to.
  [[nodiscard]] std::string owner(std::string_view path) const {
    bool bad = false;
    const auto found = find_path(composed, path, &bad);
    return found ? origin_of(found.mark).to_string() : "nothing there";
  }
  /// All warnings, a line each: `high: x: what happened; see low`.
  [[nodiscard]] std::string warnings() const {
    std::string text;
    for (const auto& warning : notes.warnings) text += (text.empty() ? "" : "\n") + warning.to_string();
    return text;
  }
  [[nodiscard]] std::string errors() const {
    std::string text;
    for (const auto& error : notes.errors)
      text += (text.empty() ? "" : "\n") + std::string(name_of(error.code)) + " " + error.to_string();
    return text;
  }

 private:
  std::vector<Source> sources_;
};

}  // namespace superconfig::testing
