// Environment variables (`with_env`) and single settings (`with_set`): names to paths, texts to values.

#include <algorithm>

#include "compose/compose.hpp"
#include "formats/text_guess.hpp"
#include "host/host.hpp"
#include "providers/accidents.hpp"
#include "providers/assignment.hpp"
#include "providers/known_keys.hpp"
#include "providers/problems.hpp"
#include "providers/prune.hpp"
#include "superconfig/providers/environment.hpp"
#include "text/utf8.hpp"

namespace superconfig {
namespace {

using detail::Assignment;
using detail::KnownKey;
using detail::not_utf8;
using detail::problem_at;
using detail::too_deep;

// `__` nests; a dot is part of the key.
std::vector<std::string> split_name(std::string_view name) {
  std::vector<std::string> segments(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i, 2) == "__") {
      segments.emplace_back();
      ++i;
    } else {
      segments.back() += name[i];
    }
  }
  return segments;
}

// Finds the paths of variables; collects problems and what matched nothing.
class Matcher {
 public:
  Matcher(const Below& below, Loaded& loaded, std::vector<Error>& errors)
      : below_(below), loaded_(loaded), errors_(errors) {}

  bool find(const std::string& variable, std::string_view name, Mark mark, Assignment& to) {
    const bool nests = name.find("__") != std::string_view::npos;
    // Three underscores leave open which two of them nest.
    const bool unclear = name == "_" || (nests && name.find("___") != std::string_view::npos);
    auto segments = nests ? split_name(name) : std::vector<std::string>();
    if (unclear || std::any_of(segments.begin(), segments.end(), [](const auto& s) { return s.empty(); })) {
      errors_.push_back(problem_at(ErrorCode::invalid_path,
                                   "the name of the variable `" + variable + "` has an empty segment (`__` nests)",
                                   mark));
      return false;
    }
    if (segments.size() > detail::most_levels) {
      errors_.push_back(too_deep(mark));
      return false;
    }
    if (nests) return spell(variable, std::move(segments), mark, to);
    auto keys = detail::keys_read_as(name, below_);
    if (keys.size() > 1) return ambiguous(variable, keys, mark);
    if (keys.size() == 1) {
      to.path = std::move(keys.front().path);
      to.elements = detail::elements_in(to.path, below_);
      to_edit(keys.front().is_edit, mark, to);
      return true;
    }
    // As the original: the first `_` nests.
    const auto at = name.find('_');
    if (at != std::string_view::npos && at > 0 && at + 1 < name.size()) {
      segments = {std::string(name.substr(0, at)), std::string(name.substr(at + 1))};
    } else {
      segments = {std::string(name)};
    }
    to.path = std::move(segments);
    to.elements = detail::elements_in(to.path, below_);
    unmatched(variable, to.path, mark);
    return true;
  }

 private:
  // Each segment takes the spelling of the one known key that it equals.
  bool spell(const std::string& variable, std::vector<std::string> segments, Mark mark, Assignment& to) {
    bool is_edit = false;
    bool known = true;
    for (const auto& segment : segments) {
      if (index_of(segment) != no_index && detail::is_known_array(to.path, below_)) {
        to.elements.push_back(to.path.size());
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
    if (!known) unmatched(variable, to.path, mark);
    return true;
  }

  // The edit of a known array is an array, or a list with commas.
  static void to_edit(bool is_edit, Mark mark, Assignment& to) {
    if (is_edit && !to.value.is_array()) to.value = detail::split_commas(to.value.characters(), mark);
  }

  bool ambiguous(const std::string& variable, const std::vector<KnownKey>& keys, Mark mark) {
    auto error =
        problem_at(ErrorCode::ambiguous_key, "the variable `" + variable + "` may mean " + detail::listed(keys), mark);
    error.hint = "write `__` where a level begins";
    errors_.push_back(std::move(error));
    return false;
  }

  void unmatched(const std::string& variable, const std::vector<std::string>& path, Mark mark) {
    loaded_.guessed = true;
    loaded_.unmatched.push_back({variable,
                                 path,
                                 "no layer below and no known type has the key `" + path_text(path) + "`",
                                 {},
                                 origin_of(mark)});
  }

  const Below& below_;
  Loaded& loaded_;
  std::vector<Error>& errors_;
};

}  // namespace

std::shared_ptr<const Variables::Captured> Variables::capture(std::string_view prefix) {
  Captured captured;
  captured.variables = host::environment_with_prefix(prefix, &captured.other_case);
  return std::make_shared<const Captured>(std::move(captured));
}

Variables::Variables(std::string_view prefix) : prefix_(prefix), captured_(capture(prefix)), of_process_(true) {}

ProviderPtr Variables::recaptured() const {
  if (!of_process_) return nullptr;
  auto anew = std::make_shared<Variables>(*this);
  anew->captured_ = capture(prefix_);
  return anew;
}

Variables::Variables(std::string_view prefix, const Environment& environment) : prefix_(prefix) {
  Captured captured;
  for (const auto& variable : environment) {
    if (variable.first.starts_with(prefix)) {
      captured.variables.push_back(variable);
    } else if (detail::has_prefix_in_other_case(variable.first, prefix)) {
      captured.other_case.push_back(variable.first);
    }
  }
  captured_ = std::make_shared<const Captured>(std::move(captured));
}

Variables Variables::ignore_empty() const {
  auto copy = *this;
  copy.ignore_empty_ = true;
  return copy;
}

Metadata Variables::metadata() const { return {"environment variables " + prefix_ + "*", {}}; }

Result<Loaded> Variables::load(const Below& below) const {
  Loaded loaded;
  loaded.by_name = true;
  std::vector<Error> errors;
  std::vector<Assignment> assignments;
  const auto& variables = captured_->variables;
  loaded.sources.reserve(variables.size());
  assignments.reserve(variables.size());
  Matcher matcher(below, loaded, errors);
  std::string name;
  for (const auto& [variable, text] : variables) {
    const auto& source = loaded.sources.emplace_back(Source::environment(variable));
    const auto mark = source.mark();
    if (find_invalid_utf8(variable) != std::string_view::npos || find_invalid_utf8(text) != std::string_view::npos) {
      errors.push_back(not_utf8(mark));
      continue;
    }
    name.assign(variable, prefix_.size());
    if (name.empty()) continue;  // the prefix alone names nothing
    for (auto& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    Assignment assignment{source.name(), {}, {}, detail::guessed_text(text, mark), mark};
    if (!matcher.find(variable, name, mark, assignment)) continue;
    detail::warn_of_accident(assignment, text, below, loaded.warnings);
    assignments.push_back(std::move(assignment));
  }
  detail::warn_of_doubles(assignments, loaded.warnings);
  for (const auto& other : captured_->other_case)
    loaded.messages.push_back(
        {Verbosity::info, 0, {}, "`" + other + "` is not read: the prefix is `" + prefix_ + "`", true});
  if (ignore_empty_)
    std::erase_if(assignments, [](const Assignment& a) { return detail::is_empty(detail::without_empty(a.value)); });
  detail::check_conflicts(assignments, errors);
  if (!errors.empty()) return Errors(std::move(errors));
  auto tree = detail::tree_of(assignments);
  if (ignore_empty_) tree = detail::without_empty(tree);
  loaded.content.push_back({target(), std::move(tree), {}});
  return loaded;
}

Setting::Setting(std::string_view path_and_text, std::string_view argument)
    : setting_(path_and_text), argument_(argument) {
  profile_ = global_profile;
}

Metadata Setting::metadata() const { return {argument_ + " " + setting_.substr(0, setting_.find('=')), {}}; }

Result<Loaded> Setting::load(const Below& below) const {
  Loaded loaded;
  loaded.by_name = true;
  const auto source = Source::argument(argument_);
  loaded.sources.push_back(source);
  const auto mark = source.mark();
  const auto equals = setting_.find('=');
  if (equals == std::string::npos) {
    auto error = problem_at(ErrorCode::invalid_path, "`" + setting_ + "` is no setting: it has no `=`", mark);
    error.hint = "write path=value";
    return error;
  }
  if (find_invalid_utf8(setting_) != std::string_view::npos)
    return problem_at(ErrorCode::parse, "the setting is not valid UTF-8", mark);
  auto path = Path::parse(std::string_view(setting_).substr(0, equals));
  if (!path) {
    auto errors = path.error();
    Error error = errors[0];
    error.origin = origin_of(mark);
    return error;
  }
  if (path->size() > detail::most_levels) return too_deep(mark);
  if (path->empty())
    return problem_at(ErrorCode::invalid_path, "`" + setting_ + "` sets nothing: the path is empty", mark);
  std::vector<Assignment> assignments{{argument_,
                                       path->segments(),
                                       {},
                                       detail::guessed_text(std::string_view(setting_).substr(equals + 1), mark),
                                       mark}};
  auto& assignment = assignments.front();
  assignment.elements = detail::elements_in(assignment.path, below);
  // `x_add=a,b` edits a known array x.
  const auto helper = detail::helper_of(assignment.path.back());
  if ((helper.kind == detail::HelperKind::add || helper.kind == detail::HelperKind::remove) &&
      !assignment.value.is_array()) {
    auto base = assignment.path;
    base.back() = helper.base;
    if (detail::is_known_array(base, below))
      assignment.value = detail::split_commas(assignment.value.characters(), mark);
  }
  loaded.content.push_back({target(), detail::tree_of(assignments), {}});
  return loaded;
}

}  // namespace superconfig
