// `superconfig diff`: what the second configuration has otherwise than the first. Both lie side by side as trees;
// arrays with tables inside are compared item by item, other arrays as a whole.
#include <unistd.h>

#include <algorithm>

#include "commands.hpp"
#include "json.hpp"
#include "listing.hpp"
#include "superconfig/mask.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

struct Difference {
  std::string path;
  std::vector<Line> left, right;  // one of both may be empty
};

const Value& seen(const Value& value) { return value.is_text() ? value.text_guess() : value; }

class Comparison {
 public:
  explicit Comparison(bool reveal) : reveal_(reveal) {}

  void compare(const Found& a, const Found& b, const Path& path) {
    if (a && b && *a.value == *b.value) return;
    if (a && b && both_branch(seen(*a.value), seen(*b.value))) return descend(seen(*a.value), seen(*b.value), path);
    Difference difference;
    difference.path = text_of_path(path);
    add(a, path, difference.path, difference.left);
    add(b, path, difference.path, difference.right);
    differences.push_back(std::move(difference));
  }

  std::vector<Difference> differences;

 private:
  static bool both_branch(const Value& a, const Value& b) {
    return (a.is_dict() && b.is_dict()) || (is_array_of_dicts(a) && is_array_of_dicts(b));
  }

  void descend(const Value& a, const Value& b, const Path& path) {
    const auto below = [&path](std::string segment) {
      auto longer = path;
      longer.push_back(std::move(segment));
      return longer;
    };
    if (a.is_array()) {
      indexed_.push_back(path.size());
      for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
        compare(found(a.at(i)), found(b.at(i)), below(std::to_string(i)));
      indexed_.pop_back();
      return;
    }
    for (const auto& entry : a.entries())
      compare({&entry.value, entry.mark}, found(b.find(entry.name)), below(std::string(entry.name.view())));
    for (const auto& entry : b.entries())
      if (!a.find(entry.name)) compare({}, {&entry.value, entry.mark}, below(std::string(entry.name.view())));
  }

  template <class T>
  static Found found(const T* one) {
    return one ? Found{&one->value, one->mark} : Found{};
  }

  [[nodiscard]] std::string text_of_path(const Path& path) const {
    std::string text;
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (std::ranges::find(indexed_, i) != indexed_.end()) {
        text += "[" + path.segments()[i] + "]";
      } else {
        text += (text.empty() ? "" : ".") + key_text(path.segments()[i]);
      }
    }
    return text;
  }

  void add(const Found& one, const Path& path, const std::string& text, std::vector<Line>& lines) const {
    if (!one) return;
    const auto value = reveal_ ? *one.value : masked(*one.value, path.segments());
    if (seen(value).is_dict() && seen(value).size() > 0) {
      lines = lines_of(value, Items::apart, text);
    } else {
      lines.push_back(line_of(text, value, one.mark));
    }
  }

  bool reveal_;
  std::vector<std::size_t> indexed_;  // the depths at which the way down goes through an array
};

Value data_of(const std::vector<Difference>& differences) {
  return json_array(differences, [](const Difference& one) {
    auto dict = Value::dict({{"path", one.path},
                             {"change", one.left.empty()    ? "added"
                                        : one.right.empty() ? "removed"
                                                            : "changed"}});
    if (!one.left.empty()) dict.set("left", json_of(one.left));
    if (!one.right.empty()) dict.set("right", json_of(one.right));
    return dict;
  });
}

}  // namespace

Outcome diff(const SuperConfig& left, const SuperConfig& right, const Options& options) {
  const auto a = left.try_value();
  const auto b = right.try_value();
  Errors errors;
  if (!a.ok()) errors.add(a.errors());
  if (!b.ok()) errors.add(b.errors());
  if (!errors.empty()) return failed(errors, options);

  Comparison comparison(options.reveal);
  comparison.compare({&*a, {}}, {&*b, {}}, {});
  const auto status = comparison.differences.empty() ? Status::done : Status::no;
  if (options.json) return printed(data_of(comparison.differences), options, status);

  std::vector<Line> lines;
  std::vector<bool> is_left;
  for (const auto& one : comparison.differences)
    for (const auto* side : {&one.left, &one.right})
      for (const auto& line : *side) {
        lines.push_back(line);
        is_left.push_back(side == &one.left);
      }
  const Painter paint(wants_color(STDOUT_FILENO));
  Outcome outcome;
  outcome.status = status;
  std::size_t at = 0;
  const auto text = listing(lines, true, paint);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto end = text.find('\n', at) + 1;
    outcome.output += is_left[i] ? paint(Ink::removed, "-") : paint(Ink::added, "+");
    outcome.output += " " + text.substr(at, end - at);
    at = end;
  }
  return outcome;
}

}  // namespace superconfig::cli
