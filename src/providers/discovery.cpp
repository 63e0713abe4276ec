// Finding files: `Wildcard` and `Hierarchical`.

#include "superconfig/providers/discovery.hpp"

#include <algorithm>
#include <set>

#include "host/host.hpp"
#include "providers/parse_file.hpp"
#include "providers/problems.hpp"
#include "text/glob.hpp"

namespace superconfig {
namespace {

bool has_wildcard(std::string_view segment) noexcept {
  return segment.find_first_of("*?[{\\") != std::string_view::npos;
}

// Alternatives may hold slashes, so they are spelled out before a pattern is split into names. Bounded.
std::vector<std::string> without_braces(const std::string& pattern) {
  constexpr std::size_t most = 1000;
  std::vector<std::string> done;
  std::vector<std::string> open{pattern};
  while (!open.empty() && done.size() + open.size() <= most) {
    const auto text = std::move(open.back());
    open.pop_back();
    const auto begin = text.find('{');
    if (begin == std::string::npos) {
      done.push_back(text);
      continue;
    }
    std::size_t depth = 0;
    std::size_t from = begin + 1;
    std::vector<std::string> alternatives;
    std::size_t at = begin;
    for (; at < text.size(); ++at) {
      if (text[at] == '{') {
        ++depth;
      } else if (text[at] == ',' && depth == 1) {
        alternatives.push_back(text.substr(from, at - from));
        from = at + 1;
      } else if (text[at] == '}' && --depth == 0) {
        alternatives.push_back(text.substr(from, at - from));
        break;
      }
    }
    for (auto it = alternatives.rbegin(); it != alternatives.rend(); ++it)
      open.push_back(text.substr(0, begin) + *it + text.substr(at + 1));
  }
  return done;
}

// Why a pattern is none, or an empty text.
std::string flaw_of(std::string_view pattern) {
  std::size_t braces = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      if (++at == pattern.size()) return "it ends with a backslash";
    } else if (c == '[') {
      const auto close = pattern.find(
          ']', at + (pattern.substr(at + 1).starts_with("!") || pattern.substr(at + 1).starts_with("^") ? 3 : 2));
      if (close == std::string_view::npos) return "a `[` is not closed";
      at = close;
    } else if (c == '{') {
      ++braces;
    } else if (c == '}') {
      if (braces == 0) return "a `}` closes nothing";
      --braces;
    } else if (c == '*' && pattern.substr(at, 3) == "***") {
      return "`***` means nothing";
    }
  }
  return braces == 0 ? std::string() : "a `{` is not closed";
}

class Search {
 public:
  explicit Search(std::vector<Error>& errors) : errors_(errors) {}

  /// All files below `directory` that match; `pattern` without braces, relative.
  void below(const std::string& directory, std::string_view pattern) { walk(directory, pattern, 0); }
  /// In the order found, each once.
  [[nodiscard]] const std::vector<std::string>& files() const noexcept { return files_; }

 private:
  void walk(const std::string& directory, std::string_view pattern, std::uint32_t depth) {
    constexpr std::uint32_t deepest = 200;
    if (depth > deepest) return;
    while (pattern.starts_with('/')) pattern.remove_prefix(1);
    const auto slash = pattern.find('/');
    const auto segment = pattern.substr(0, slash);
    const auto rest = slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
    if (segment.empty()) return;
    if (segment == "**") {
      walk(directory, rest.empty() ? "*" : rest, depth);
      each_entry(directory, [&](const host::DirectoryEntry& entry) {
        if (entry.is_directory && !entry.is_link) walk(join(directory, entry.name), pattern, depth + 1);
      });
      return;
    }
    if (!has_wildcard(segment)) {
      if (segment == ".") return walk(directory, rest, depth);
      const auto path = join(directory, segment);
      if (!rest.empty()) return walk(path, rest, depth + 1);
      if (host::is_file(path)) add(path);
      return;
    }
    each_entry(directory, [&](const host::DirectoryEntry& entry) {
      if (!detail::glob_matches(segment, entry.name)) return;
      if (rest.empty()) {
        if (!entry.is_directory) add(join(directory, entry.name));
      } else if (entry.is_directory) {
        walk(join(directory, entry.name), rest, depth + 1);
      }
    });
  }

  template <class Use>
  void each_entry(const std::string& directory, const Use& use) {
    const auto listing = host::list_directory(directory);
    if (listing.status == host::FileStatus::failed) {
      if (unreadable_.insert(directory).second)
        errors_.push_back(
            detail::file_problem(ErrorCode::io, directory, "the directory cannot be listed: " + listing.reason));
      return;
    }
    for (const auto& entry : listing.entries) use(entry);
  }

  static std::string join(const std::string& directory, std::string_view name) {
    return (directory == "/" ? std::string() : directory) + "/" + std::string(name);
  }
  void add(const std::string& path) {
    if (seen_.insert(path).second) files_.push_back(path);
  }

  std::vector<Error>& errors_;
  std::vector<std::string> files_;
  std::set<std::string> seen_;
  std::set<std::string> unreadable_;
};

void directories_below(const std::string& directory, std::uint32_t depth, std::vector<std::string>& all) {
  constexpr std::size_t most = 100'000;
  if (depth == 0 || all.size() >= most) return;
  all.push_back(directory);
  const auto listing = host::list_directory(directory);
  for (const auto& entry : listing.entries)
    if (entry.is_directory && !entry.is_link)
      directories_below((directory == "/" ? "" : directory) + "/" + entry.name, depth - 1, all);
}

std::string name_in(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

Result<Loaded> load_files(const std::vector<std::string>& files, bool nested, const std::string& profile,
                          std::vector<Error> errors) {
  Loaded all;
  for (const auto& file : files) {
    auto loaded = detail::load_file(file, nested, profile);
    if (!loaded) {
      errors.insert(errors.end(), loaded.error().begin(), loaded.error().end());
      continue;
    }
    std::move(loaded->content.begin(), loaded->content.end(), std::back_inserter(all.content));
    std::move(loaded->sources.begin(), loaded->sources.end(), std::back_inserter(all.sources));
    std::move(loaded->warnings.begin(), loaded->warnings.end(), std::back_inserter(all.warnings));
    all.messages.push_back({Verbosity::debug, 0, {}, "read " + file, true});
  }
  if (!errors.empty()) return Errors(std::move(errors));
  if (files.empty()) all.messages.push_back({Verbosity::info, 0, {}, "there are no such files", true});
  return all;
}

std::vector<std::string> absolute(std::vector<std::string> paths) {
  for (auto& path : paths) path = host::absolute_path(path);
  return paths;
}

constexpr std::string_view config_files = "*.{toml,yaml,yml,json}";

}  // namespace

// ---- Wildcard ----

Wildcard::Wildcard(std::vector<std::string> patterns)
    : patterns_(std::move(patterns)), directories_{host::working_directory()}, home_(host::home_directory()) {}

Wildcard Wildcard::sort(Sort by) const {
  auto copy = *this;
  copy.sort_ = by;
  return copy;
}
Wildcard Wildcard::sort_by(std::vector<std::string> name_patterns) const {
  auto copy = sort(Sort::custom);
  copy.name_patterns_ = std::move(name_patterns);
  return copy;
}
Wildcard Wildcard::in_directories(std::vector<std::string> directories) const {
  auto copy = *this;
  copy.where_ = Where::directories;
  copy.directories_ = absolute(std::move(directories));
  return copy;
}
Wildcard Wildcard::recursive(std::vector<std::string> roots, std::uint32_t max_depth) const {
  auto copy = in_directories(std::move(roots));
  copy.where_ = Where::recursive;
  copy.max_depth_ = max_depth;
  return copy;
}
Wildcard Wildcard::in_directories_of(std::function<std::vector<std::string>()> directories) const {
  auto copy = *this;
  copy.where_ = Where::function;
  copy.function_ = std::move(directories);
  return copy;
}

Wildcard Wildcard::nested() const {
  auto copy = *this;
  copy.nested_ = true;
  return copy;
}
Wildcard Wildcard::profile(std::string_view name) const {
  auto copy = ToProfile::profile(name);
  copy.nested_ = false;
  return copy;
}

Wildcard Wildcard::xdg(std::string_view app) {
  auto config_home = host::variable("XDG_CONFIG_HOME");
  if (!config_home.starts_with('/')) config_home = host::home_directory() + "/.config";  // relative ones are ignored
  auto config_directories = host::variable("XDG_CONFIG_DIRS");
  if (config_directories.empty()) config_directories = "/etc/xdg";
  std::vector<std::string> directories{config_home};
  for (std::string_view rest = config_directories; !rest.empty();) {
    const auto colon = rest.find(':');
    if (const auto one = rest.substr(0, colon); one.starts_with('/')) directories.emplace_back(one);
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  std::reverse(directories.begin(), directories.end());  // the most important comes last
  for (auto& directory : directories) directory += "/" + std::string(app);
  return Wildcard({std::string(config_files)}).in_directories(std::move(directories)).sort(Sort::as_given);
}

Wildcard Wildcard::development(std::string_view base) {
  std::vector<std::string> order{"base.*", "env-*.*", "local.*", std::string(base) + ".*"};
  std::vector<std::string> patterns;
  for (const auto& names : order) patterns.push_back(names.substr(0, names.size() - 1) + "{toml,yaml,yml,json}");
  return Wildcard(std::move(patterns)).sort_by(std::move(order));
}

Metadata Wildcard::metadata() const {
  std::string text = "files";
  for (const auto& pattern : patterns_) text += " " + pattern;
  return {text, {}};
}

Result<Loaded> Wildcard::load(const Below&) const {
  std::vector<Error> errors;
  for (const auto* list : {&patterns_, &name_patterns_}) {
    for (const auto& pattern : *list) {
      const auto flaw = flaw_of(pattern);
      if (flaw.empty()) continue;
      Error error;
      error.code = ErrorCode::invalid_value;
      error.message = "`" + pattern + "` is not a pattern: " + flaw;
      errors.push_back(std::move(error));
    }
  }
  if (!errors.empty()) return Errors(std::move(errors));

  std::vector<std::string> directories = directories_;
  if (where_ == Where::function) directories = absolute(function_());
  if (where_ == Where::recursive) {
    directories.clear();
    for (const auto& root : directories_) directories_below(root, max_depth_, directories);
  }
  Search search(errors);
  std::vector<std::string> files;
  const auto look = [&](const std::string& pattern) {
    for (auto plain : without_braces(pattern)) {
      if (plain.starts_with("~/") && !home_.empty()) plain = home_ + plain.substr(1);
      if (plain.starts_with('/')) {
        search.below("/", plain);
      } else {
        for (const auto& directory : directories) search.below(directory, plain);
      }
    }
  };
  if (sort_ == Sort::as_given) {
    // A directory after the other, in each a pattern after the other, each in the order of its paths.
    for (const auto& pattern : patterns_) {
      for (const auto& directory : directories) {
        Search one(errors);
        for (auto plain : without_braces(pattern)) {
          if (plain.starts_with("~/") && !home_.empty()) plain = home_ + plain.substr(1);
          if (plain.starts_with('/'))
            one.below("/", plain);
          else
            one.below(directory, plain);
        }
        auto found = one.files();
        std::sort(found.begin(), found.end());
        for (auto& file : found)
          if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(std::move(file));
      }
    }
  } else {
    for (const auto& pattern : patterns_) look(pattern);
    files = search.files();
    std::sort(files.begin(), files.end());
  }

  const auto by = [&files](const auto& key) {
    std::stable_sort(files.begin(), files.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  };
  switch (sort_) {
    case Sort::alphabetical:
    case Sort::as_given: break;
    case Sort::reverse: std::reverse(files.begin(), files.end()); break;
    case Sort::size_ascending:
      by([](const auto& f) { return static_cast<std::int64_t>(host::file_info(f).size); });
      break;
    case Sort::size_descending:
      by([](const auto& f) { return -static_cast<std::int64_t>(host::file_info(f).size); });
      break;
    case Sort::modified_ascending: by([](const auto& f) { return host::file_info(f).modified; }); break;
    case Sort::modified_descending: by([](const auto& f) { return -host::file_info(f).modified; }); break;
    case Sort::custom:
      by([this](const auto& file) {
        const auto name = name_in(file);
        std::size_t rank = 0;
        while (rank < name_patterns_.size() && !detail::glob_matches(name_patterns_[rank], name)) ++rank;
        return std::pair(rank, rank < name_patterns_.size() ? std::string() : name);
      });
      break;
  }
  return load_files(files, nested_, target(), std::move(errors));
}

// ---- Hierarchical ----

Hierarchical::Hierarchical(std::string_view app)
    : app_(app),
      directory_(host::working_directory()),
      home_(host::home_directory()),
      config_home_(host::variable("XDG_CONFIG_HOME")) {
  if (!config_home_.starts_with('/')) config_home_ = home_.empty() ? std::string() : home_ + "/.config";
}

Hierarchical Hierarchical::nested() const {
  auto copy = *this;
  copy.nested_ = true;
  return copy;
}
Hierarchical Hierarchical::profile(std::string_view name) const {
  auto copy = ToProfile::profile(name);
  copy.nested_ = false;
  return copy;
}

Metadata Hierarchical::metadata() const { return {"files of " + app_, {}}; }

Result<Loaded> Hierarchical::load(const Below&) const {
  std::vector<Error> errors;
  if (app_.empty() || app_.find('/') != std::string::npos || app_ == "." || app_ == "..") {
    Error error;
    error.code = ErrorCode::invalid_value;
    error.message = "`" + app_ + "` is not the name of an application";
    return error;
  }
  std::vector<std::string> files;
  const auto in_directory = [&](const std::string& directory) {
    for (const auto& place : {directory, directory + "/" + app_ + ".d"}) {
      Search search(errors);
      for (const auto& pattern : without_braces(std::string(config_files))) search.below(place, pattern);
      auto found = search.files();
      std::sort(found.begin(), found.end());
      files.insert(files.end(), found.begin(), found.end());
    }
  };
  in_directory("/etc/" + app_);
  if (!config_home_.empty()) in_directory(config_home_ + "/" + app_);
  if (!home_.empty()) in_directory(home_ + "/." + app_);
  // From the outermost ancestor down; below the home directory if the working directory is inside it.
  std::vector<std::string> ancestors;
  for (auto directory = directory_;;) {
    if (!home_.empty() && directory == home_) break;
    ancestors.push_back(directory);
    if (directory == "/") break;
    const auto slash = directory.rfind('/');
    directory = slash == 0 ? "/" : directory.substr(0, slash);
  }
  for (auto it = ancestors.rbegin(); it != ancestors.rend(); ++it) {
    const auto prefix = *it == "/" ? std::string() : *it;
    in_directory(prefix + "/." + app_);
    for (const std::string_view extension : {".toml", ".yaml", ".yml", ".json"})
      if (auto path = prefix + "/" + app_ + std::string(extension); host::is_file(path))
        files.push_back(std::move(path));
  }
  return load_files(files, nested_, target(), std::move(errors));
}

}  // namespace superconfig
