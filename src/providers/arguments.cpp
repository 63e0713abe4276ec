#include "superconfig/providers/arguments.hpp"

#include <algorithm>

#include "formats/text_guess.hpp"
#include "providers/assignment.hpp"
#include "providers/known_keys.hpp"
#include "providers/problems.hpp"
#include "text/utf8.hpp"

namespace superconfig {
namespace {

using detail::KnownKey;

std::string as_name(std::string_view option) {
  std::string name(option);
  for (auto& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c == '-') c = '_';
  }
  return name;
}

// What an option means: the keys it may be, and whether it is the `--no-` form of a bool.
struct Meaning {
  std::vector<KnownKey> keys;
  bool negated = false;
};

Meaning meaning_of(std::string_view option, const Below& below) {
  Meaning meaning{detail::keys_read_as(as_name(option), below, true), false};
  if (!meaning.keys.empty() || !option.starts_with("no-")) return meaning;
  auto positive = detail::keys_read_as(as_name(option.substr(3)), below, true);
  if (positive.size() == 1 && detail::is_known_bool(positive.front().path, below)) return {std::move(positive), true};
  return meaning;
}

}  // namespace

Arguments::Arguments(int argc, const char* const* argv, const Below& below, std::vector<std::string>* positional) {
  profile_ = global_profile;
  std::vector<Option> options;
  const auto is_option = [](std::string_view text) { return text.starts_with("--") && text.size() > 2; };
  const auto add_positional = [positional](std::string_view text) {
    if (positional) positional->emplace_back(text);
  };
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    if (argument == "--") {
      for (++i; i < argc; ++i) add_positional(argv[i]);
      break;
    }
    if (!is_option(argument)) {
      add_positional(argument);
      continue;
    }
    Option option{std::string(argument.substr(2)), std::nullopt, static_cast<std::size_t>(i)};
    if (const auto equals = option.name.find('='); equals != std::string::npos) {
      option.text = option.name.substr(equals + 1);
      option.name.resize(equals);
    } else if (i + 1 < argc && !std::string_view(argv[i + 1]).starts_with("--")) {
      const auto meaning = meaning_of(option.name, below);
      const bool flag =
          meaning.negated || (meaning.keys.size() == 1 && detail::is_known_bool(meaning.keys.front().path, below));
      if (!flag) option.text = argv[++i];
    }
    options.push_back(std::move(option));
  }
  options_ = std::make_shared<const std::vector<Option>>(std::move(options));
}

Result<Loaded> Arguments::load(const Below& below) const {
  Loaded loaded;
  loaded.by_name = true;
  std::vector<Error> errors;
  std::vector<detail::Assignment> assignments;
  for (const auto& option : *options_) {
    const auto spelled = "--" + option.name;
    const auto source = Source::argument(spelled);
    loaded.sources.push_back(source);
    const auto mark = source.mark(option.index);
    if (find_invalid_utf8(spelled) != std::string_view::npos ||
        (option.text && find_invalid_utf8(*option.text) != std::string_view::npos)) {
      errors.push_back(detail::problem_at(ErrorCode::parse, "the argument is not valid UTF-8", mark));
      continue;
    }
    auto meaning = meaning_of(option.name, below);
    if (meaning.keys.size() > 1) {
      errors.push_back(
          detail::problem_at(ErrorCode::ambiguous_key, "the option may mean " + detail::listed(meaning.keys), mark));
      continue;
    }
    detail::Assignment to{source.name(),
                          {},
                          {},
                          detail::guessed_text(meaning.negated ? "false"
                                               : option.text   ? *option.text
                                                               : "true",
                                               mark),
                          mark};
    if (!meaning.keys.empty()) {
      to.path = meaning.keys.front().path;
      if (meaning.keys.front().is_edit && !to.value.is_array())
        to.value = detail::split_commas(to.value.characters(), mark);
    } else {
      const bool no_form = !option.text && option.name.starts_with("no-");
      auto path = Path::parse(no_form ? std::string_view(option.name).substr(3) : std::string_view(option.name));
      if (!path || path->empty() || path->size() > detail::most_levels) {
        errors.push_back(detail::problem_at(ErrorCode::invalid_path, "`" + spelled + "` names no key", mark));
        continue;
      }
      to.path = path->segments();
      if (no_form) to.value = detail::guessed_text("false", mark);
      auto nearest = detail::nearest_known_key(to.path, below);
      if (!below.shapes().empty() && detail::elements_in(to.path, below).empty()) {
        auto error = detail::problem_at(ErrorCode::unknown_field, {}, mark);
        error.path = to.path;
        error.message = "there is no such option";
        if (!nearest.empty()) error.hint = "did you mean `--" + nearest + "`?";
        errors.push_back(std::move(error));
        continue;
      }
      loaded.guessed = true;
      loaded.unmatched.push_back({spelled, to.path,
                                  "no layer below and no known type has the key `" + path_text(to.path) + "`", nearest,
                                  origin_of(mark)});
    }
    to.elements = detail::elements_in(to.path, below);
    std::erase_if(assignments, [&](const auto& other) { return other.path == to.path; });  // the last one counts
    assignments.push_back(std::move(to));
  }
  detail::check_conflicts(assignments, errors);
  if (!errors.empty()) return Errors(std::move(errors));
  if (!assignments.empty()) loaded.content.push_back({target(), detail::tree_of(assignments), {}});
  return loaded;
}

}  // namespace superconfig
