// Environment variables (`with_env`) and single settings (`with_set`): names to paths, texts to values.

#include <algorithm>

#include "compose/compose.hpp"
#include "formats/text_guess.hpp"
#include "host/host.hpp"
#include "providers/known_keys.hpp"
#include "providers/prune.hpp"
#include "superconfig/providers.hpp"
#include "text/utf8.hpp"

namespace superconfig {
namespace {

using detail::KnownKey;

// A variable or setting, and where its value goes.
struct Assignment {
  std::string name;  // of the variable
  std::vector<std::string> path;
  std::size_t element = detail::no_pending_index;  // the first segment that is an item of a known array
  Value value;
  Mark mark;
};

Error error_at(ErrorCode code, std::string message, Mark mark) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.origin = origin_of(mark);
  return error;
}

std::string listed(const std::vector<KnownKey>& keys) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) text += (i == 0 ? "`" : i + 1 == keys.size() ? " and `" : ", `") + path_text(keys[i].path) + "`";
  return text;
}

std::vector<std::string> split_name(std::string_view name, bool& has_separator) {
  std::vector<std::string> segments(1);
  has_separator = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool twice = name.substr(i, 2) == "__";
    if (!twice && name[i] != '.') {
      segments.back() += name[i];
      continue;
    }
    has_separator = true;
    segments.emplace_back();
    if (twice) ++i;
  }
  return segments;
}

// Finds the paths of variables; collects problems and what matched nothing.
class Matcher {
 public:
  Matcher(const Below& below, Loaded& loaded, std::vector<Error>& errors) : below_(below), loaded_(loaded), errors_(errors) {}

  bool find(const std::string& variable, std::string_view name, Mark mark, Assignment& to) {
    bool has_separator = false;
    auto segments = split_name(name, has_separator);
    if (std::any_of(segments.begin(), segments.end(), [](const auto& s) { return s.empty(); })) {
      errors_.push_back(error_at(ErrorCode::invalid_path,
                                 "the name of the variable `" + variable + "` has an empty segment (`__` nests)", mark));
      return false;
    }
    const bool nests = name.find("__") != std::string_view::npos;
    if (nests) return spell(variable, std::move(segments), mark, to);
    const auto keys = detail::keys_read_as(name, below_);
    if (keys.size() > 1) return ambiguous(variable, keys, mark);
    if (keys.size() == 1) {
      to.path = keys.front().path;
      to.element = element_in(to.path);
      to_edit(keys.front().is_edit, mark, to);
      return true;
    }
    if (!has_separator) {
      // As the original: the first `_` nests.
      const auto at = name.find('_');
      segments.clear();
      segments.emplace_back(name.substr(0, at));
      if (at != std::string_view::npos && at > 0 && at + 1 < name.size()) {
        segments.emplace_back(name.substr(at + 1));
      } else {
        segments = {std::string(name)};
      }
    }
    to.path = std::move(segments);
    to.element = element_in(to.path);
    unmatched(variable, to.path);
    return true;
  }

 private:
  // Each segment takes the spelling of the one known key that it equals.
  bool spell(const std::string& variable, std::vector<std::string> segments, Mark mark, Assignment& to) {
    bool is_edit = false;
    bool known = true;
    for (const auto& segment : segments) {
      if (index_of(segment) != no_index && detail::is_known_array(to.path, below_)) {
        if (to.element == detail::no_pending_index) to.element = to.path.size();
        to.path.push_back(segment);
        continue;
      }
      auto keys = detail::spellings_of(segment, to.path, below_);
      if (keys.size() > 1) {
        for (auto& key : keys) key.path.insert(key.path.begin(), to.path.begin(), to.path.end());
        return ambiguous(variable, keys, mark);
      }
      known = known && !keys.empty();
      is_edit = !keys.empty() && keys.front().is_edit;
      to.path.push_back(keys.empty() ? segment : keys.front().path.back());
    }
    to_edit(is_edit, mark, to);
    if (!known) unmatched(variable, to.path);
    return true;
  }

  [[nodiscard]] std::size_t element_in(const std::vector<std::string>& path) const {
    for (std::size_t i = 1; i < path.size(); ++i)
      if (index_of(path[i]) != no_index && detail::is_known_array({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i)}, below_)) return i;
    return detail::no_pending_index;
  }

  // The edit of a known array is an array, or a list with commas.
  static void to_edit(bool is_edit, Mark mark, Assignment& to) {
    if (is_edit && !to.value.is_array()) to.value = detail::split_commas(to.value.characters(), mark);
  }

  bool ambiguous(const std::string& variable, const std::vector<KnownKey>& keys, Mark mark) {
    auto error = error_at(ErrorCode::ambiguous_key, "the variable `" + variable + "` may mean " + listed(keys), mark);
    error.hint = "write `__` where a level begins";
    errors_.push_back(std::move(error));
    return false;
  }

  void unmatched(const std::string& variable, const std::vector<std::string>& path) {
    loaded_.guessed = true;
    loaded_.unmatched.push_back({variable, path, "no layer below and no known type has the key `" + path_text(path) + "`",
                                 detail::nearest_known_key(path, below_)});
  }

  const Below& below_;
  Loaded& loaded_;
  std::vector<Error>& errors_;
};

bool is_prefix(const std::vector<std::string>& shorter, const std::vector<std::string>& longer) {
  return shorter.size() < longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

// Whole values before nested ones, items in the order of their index; else the order given.
void put_in_order(std::vector<Assignment>& assignments) {
  const auto index = [](const Assignment& a) { return a.element == detail::no_pending_index ? 0 : index_of(a.path[a.element]); };
  std::stable_sort(assignments.begin(), assignments.end(), [&](const Assignment& a, const Assignment& b) {
    return std::pair(a.path.size(), index(a)) < std::pair(b.path.size(), index(b));
  });
}

// A scalar beside what nests in it contradicts it.
void check_conflicts(const std::vector<Assignment>& assignments, std::vector<Error>& errors) {
  for (const auto& whole : assignments) {
    if (whole.value.is_dict() || whole.value.is_array()) continue;
    for (const auto& nested : assignments) {
      if (!is_prefix(whole.path, nested.path)) continue;
      auto error = error_at(ErrorCode::conflict,
                            "`" + whole.name + "` gives `" + path_text(whole.path) + "` a single value, `" + nested.name +
                                "` puts one inside of it",
                            nested.mark);
      error.path = whole.path;
      error.related.push_back(origin_of(whole.mark));
      errors.push_back(std::move(error));
    }
  }
}

Value tree_of(std::vector<Assignment>& assignments) {
  put_in_order(assignments);
  Value tree = Value::dict(std::span<Entry>());
  detail::Notes notes;
  detail::ComposeRules rules;
  rules.edits = false;        // they run when the layer is composed
  rules.keep_pending = true;  // so do items of arrays below
  for (auto& a : assignments) {
    const std::vector<std::string_view> segments(a.path.begin(), a.path.end());
    detail::compose_at(tree, segments, a.value, a.mark, rules, {}, a.element, notes);
  }
  return tree;
}

}  // namespace

Variables::Variables(std::string_view prefix)
    : prefix_(prefix), variables_(std::make_shared<const Environment>(host::environment_with_prefix(prefix))) {}

Variables::Variables(std::string_view prefix, const Environment& environment) : prefix_(prefix) {
  Environment own;
  for (const auto& variable : environment)
    if (variable.first.starts_with(prefix)) own.push_back(variable);
  variables_ = std::make_shared<const Environment>(std::move(own));
}

Variables Variables::ignore_empty() const {
  auto copy = *this;
  copy.ignore_empty_ = true;
  return copy;
}

Metadata Variables::metadata() const { return {"environment variables " + prefix_ + "*", {}}; }

Result<Loaded> Variables::load(const Below& below) const {
  Loaded loaded;
  std::vector<Error> errors;
  std::vector<Assignment> assignments;
  Matcher matcher(below, loaded, errors);
  for (const auto& [variable, text] : *variables_) {
    const auto source = Source::environment(variable);
    loaded.sources.push_back(source);
    const auto mark = source.mark();
    if (find_invalid_utf8(variable) != std::string_view::npos || find_invalid_utf8(text) != std::string_view::npos) {
      errors.push_back(error_at(ErrorCode::parse, "the variable is not valid UTF-8", mark));
      continue;
    }
    std::string name(std::string_view(variable).substr(prefix_.size()));
    if (name.empty()) continue;  // the prefix alone names nothing
    for (auto& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    Assignment assignment{variable, {}, detail::no_pending_index, detail::guessed_text(text, mark), mark};
    if (matcher.find(variable, name, mark, assignment)) assignments.push_back(std::move(assignment));
  }
  check_conflicts(assignments, errors);
  if (!errors.empty()) return Errors(std::move(errors));
  auto tree = tree_of(assignments);
  if (ignore_empty_) tree = detail::without_empty(tree);
  loaded.content.push_back({target(), std::move(tree), {}});
  return loaded;
}

Setting::Setting(std::string_view path_and_text, std::string_view argument) : setting_(path_and_text), argument_(argument) {
  profile_ = global_profile;
}

Metadata Setting::metadata() const { return {argument_ + " " + setting_.substr(0, setting_.find('=')), {}}; }

Result<Loaded> Setting::load(const Below& below) const {
  Loaded loaded;
  const auto source = Source::argument(argument_);
  loaded.sources.push_back(source);
  const auto mark = source.mark();
  const auto equals = setting_.find('=');
  if (equals == std::string::npos) {
    auto error = error_at(ErrorCode::invalid_path, "`" + setting_ + "` is no setting: it has no `=`", mark);
    error.hint = "write path=value";
    return error;
  }
  if (find_invalid_utf8(setting_) != std::string_view::npos) return error_at(ErrorCode::parse, "the setting is not valid UTF-8", mark);
  auto path = Path::parse(std::string_view(setting_).substr(0, equals));
  if (!path) {
    auto errors = path.error();
    Error error = errors[0];
    error.origin = origin_of(mark);
    return error;
  }
  if (path->empty()) return error_at(ErrorCode::invalid_path, "`" + setting_ + "` sets nothing: the path is empty", mark);
  std::vector<Assignment> assignments{{argument_, path->segments(), detail::no_pending_index,
                                       detail::guessed_text(std::string_view(setting_).substr(equals + 1), mark), mark}};
  auto& assignment = assignments.front();
  std::vector<std::string> prefix;
  for (const auto& segment : assignment.path) {
    if (assignment.element == detail::no_pending_index && index_of(segment) != no_index && !prefix.empty() &&
        detail::is_known_array(prefix, below))
      assignment.element = prefix.size();
    prefix.push_back(segment);
  }
  // `x_add=a,b` edits a known array x.
  const auto helper = detail::helper_of(assignment.path.back());
  if ((helper.kind == detail::HelperKind::add || helper.kind == detail::HelperKind::remove) && !assignment.value.is_array()) {
    prefix = assignment.path;
    prefix.back() = helper.base;
    if (detail::is_known_array(prefix, below)) assignment.value = detail::split_commas(assignment.value.characters(), mark);
  }
  loaded.content.push_back({target(), tree_of(assignments), {}});
  return loaded;
}

}  // namespace superconfig
