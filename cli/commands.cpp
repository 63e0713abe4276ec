#include "commands.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "library.hpp"
#include "listing.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

constexpr std::string_view hidden = "***";

// ---- secrets ----

// The tree with `***` for every secret that is set, and for the passwords inside URLs. Below a name that is a secret
// everything is one. Marks stay.
Value masked(const Value& given, bool secret) {
  const auto& value = given.is_text() ? given.text_guess() : given;
  if (value.is_dict()) {
    std::vector<Entry> entries;
    for (const auto& entry : value.entries())
      entries.push_back(
          {entry.name, masked(entry.value, secret || detail::names_secret(entry.name.view())), entry.mark});
    return Value::dict(entries);
  }
  if (value.is_array()) {
    std::vector<Item> items;
    for (const auto& item : value.items()) items.push_back({masked(item.value, secret), item.mark});
    return Value::array(items);
  }
  if (value.is_null()) return value;
  if (secret) return hidden;
  if (const auto text = value.as_string()) return detail::masked_text(*text);
  return value;
}

// What stands at a path.
Value masked_at(const Path& path, const Value& value) {
  return masked(value, std::ranges::any_of(path.segments(),
                                           [](const auto& segment) { return detail::names_secret(segment); }));
}

// ---- errors ----

std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return printable(text);
}

// A source line without what follows the name of a secret, and the column of the place in it.
void hide_secrets(std::string& line, std::uint32_t& column) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    while (end < line.size() && is_word(line[end])) ++end;
    if (end > at && detail::names_secret(std::string_view(line).substr(at, end - at))) {
      const auto sign = line.find_first_of("=:", end);
      if (sign == std::string::npos) break;
      line.replace(sign + 1, std::string::npos, " ***");
      column = std::min(column, static_cast<std::uint32_t>(width_of(line)) - 2);
      break;
    }
    at = end + 1;
  }
  line = detail::masked_text(line);
}

// Ready for a terminal: file names relative, no control characters.
Error presentable(Error error) {
  error.origin = relative(std::move(error.origin));
  for (auto& origin : error.related) origin = relative(std::move(origin));
  for (auto* text : {&error.field, &error.message, &error.expected, &error.found, &error.hint})
    *text = on_one_line(std::move(*text));
  for (auto& segment : error.path) segment = on_one_line(std::move(segment));
  hide_secrets(error.origin.line_text, error.origin.column);
  error.origin.line_text = printable(error.origin.line_text);
  return error;
}

Outcome missing(const SuperConfig& config, const Path& path) {
  Error error;
  error.code = ErrorCode::missing_field;
  error.field = path.to_string();
  error.message = "there is no such key";
  // The nearest name where the path leaves the tree.
  if (const auto tree = config.try_value(); tree.ok()) {
    const Value* here = &*tree;
    Path known;
    for (const auto& segment : path.segments()) {
      const auto next = find_path(*here, Path{segment});
      if (next) {
        here = next.value;
        known.push_back(segment);
        continue;
      }
      detail::Nearest nearest(segment);
      for (const auto& entry : here->entries()) nearest.consider(entry.name.view());
      if (!nearest.name().empty()) {
        known.push_back(std::string(nearest.name()));
        error.hint = "did you mean `" + known.to_string() + "`?";
      }
      break;
    }
  }
  return failed(error, Status::no);
}

// Warnings go to the standard error and change nothing else.
std::string text_of(std::span<const std::string> warnings) {
  const Painter paint(wants_color(STDERR_FILENO));
  std::string text;
  for (const auto& warning : warnings) text += paint(Ink::warning, "warning") + ": " + on_one_line(warning) + '\n';
  return text;
}

std::string text_of(Warning warning) {
  warning.origin = relative(std::move(warning.origin));
  for (auto& origin : warning.related) origin = relative(std::move(origin));
  return warning.to_string();
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string warnings_of(const SuperConfig& config) {
  std::vector<std::string> warnings;
  for (const auto& warning : config.warnings()) warnings.push_back(text_of(warning));
  const auto selected = config.profile();
  const auto profiles = config.profiles();
  const auto is_selected = [&](const std::string& name) { return lower(name) == lower(selected); };
  if (!is_selected(std::string(default_profile)) && std::ranges::none_of(profiles, is_selected)) {
    std::string known;
    for (const auto& name : profiles)
      if (name != default_profile && name != global_profile) known += (known.empty() ? "; there are: " : ", ") + name;
    warnings.push_back("no layer has the profile " + selected + known);
  }
  return text_of(warnings);
}

// ---- formats ----

Result<std::string> document(const Value& value, Format format) {
  auto text = format == Format::json ? write_json(value) : write_toml(value);
  if (text.ok() && !text->ends_with('\n') && !text->empty()) *text += '\n';
  return text;
}

// As TOML, a value that is no table stands for itself.
Result<std::string> fragment(const Value& value, Format format) {
  if (format == Format::json || value.is_dict()) return document(value, format);
  // What TOML can't hold is found by writing a document around it.
  const auto around = write_toml(Value::dict({{"value", value}}));
  if (!around.ok()) {
    std::vector<Error> errors(around.errors().begin(), around.errors().end());
    for (auto& error : errors) error.path.erase(error.path.begin());
    return Errors(std::move(errors));
  }
  return literal(value) + '\n';
}

Result<std::string> json_lines(std::span<const Line> lines) {
  std::vector<Item> items;
  for (const auto& line : lines)
    items.push_back({Value::dict({{"path", Value(line.path)},
                                  {"value", line.value},
                                  {"origin", Value(place_of(line.marks.front()))}}),
                     {}});
  return document(Value::array(items), Format::json);
}

std::string read_all(std::FILE* stream, int& problem) {
  std::string text;
  char buffer[65536];
  while (const auto count = std::fread(buffer, 1, sizeof buffer, stream)) text.append(buffer, count);
  problem = std::ferror(stream) ? errno : 0;
  return text;
}

Result<Value> read_standard_input(Format format) {
  int problem = 0;
  auto text = read_all(stdin, problem);
  if (problem) {
    Error error;
    error.code = ErrorCode::io;
    error.message = "cannot read the standard input: " + std::string(std::strerror(problem));
    return error;
  }
  return parse(format, Source::text("<stdin>", std::move(text)));
}

// The document as it is written: no profiles, no array edits.
Result<Value> read_file(const std::string& file, Format format) {
  const auto loaded =
      format == Format::json ? Json::file_exact(file).load(Below()) : Toml::file_exact(file).load(Below());
  if (!loaded.ok()) return loaded.errors();
  return loaded->content.empty() ? Value::dict() : loaded->content.front().tree;
}

// ---- explain ----

class Report {
 public:
  Report(const Path& path, const Explanation& explanation, bool reveal, const Painter& paint)
      : path_(path), it_(explanation), reveal_(reveal), paint_(paint) {}

  std::string text() {
    head();
    layers();
    items();
    removed();
    unmatched();
    warnings();
    return std::move(text_);
  }

 private:
  static constexpr std::size_t most = 48;  // columns of a value in a table

  [[nodiscard]] Value shown(const Value& value) const { return reveal_ ? value : masked_at(path_, value); }

  [[nodiscard]] Cell cell(const Value& value) const {
    const auto visible = shown(value);
    auto plain = literal(visible);
    if (width_of(plain) > most) return {shortened(std::move(plain), most), Ink::faint, {}};
    return {std::move(plain), Ink::faint, literal(visible, paint_)};
  }

  void head() {
    const auto name = path_.empty() ? "(everything)" : path_.to_string();
    if (!it_.value) {
      text_ += paint_(Ink::path, printable(name)) + ": there is no such key\n";
      return;
    }
    text_ += paint_(Ink::path, printable(name)) + " = " + literal(shown(*it_.value), paint_) + '\n';
    if (it_.origin.known()) text_ += "  from " + paint_(Ink::place, place_of(it_.origin)) + '\n';
  }

  void layers() {
    if (it_.contributions.empty()) return;
    text_ += "\nlayers, the last added first; * is where the value comes from:\n";
    std::vector<std::vector<Cell>> rows;
    for (auto at = it_.contributions.rbegin(); at != it_.contributions.rend(); ++at) {
      std::string note = at->provider.name;
      if (!at->profile.empty() && at->profile != default_profile) note += ", profile " + at->profile;
      if (at->what != "value" && !at->what.empty()) note += ", " + at->what;
      if (const auto& value = at->value; value.is_text() && !value.is_string() && !value.is_array() && !value.is_dict())
        if (const auto characters = value.characters(); characters != literal(value) && shown(value) == value)
          note += ", written as \"" + std::string(characters) + "\"";
      rows.push_back({{at->wins ? "*" : " ", Ink::winner, {}},
                      cell(at->value),
                      {place_of(at->origin), Ink::place, {}},
                      {printable(note), Ink::faint, {}}});
    }
    text_ += table(rows, "  ", paint_);
  }

  void items() {
    if (it_.items.empty()) return;
    text_ += "\nitems:\n";
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < it_.items.size(); ++i)
      rows.push_back({{"[" + std::to_string(i) + "]", Ink::path, {}},
                      cell(it_.items[i].value),
                      {place_of(it_.items[i].origin), Ink::place, {}}});
    text_ += table(rows, "  ", paint_);
  }

  void removed() {
    if (it_.removed.empty()) return;
    text_ += "\nremoved items:\n";
    std::vector<std::vector<Cell>> rows;
    for (const auto& item : it_.removed)
      rows.push_back({cell(item.value),
                      {place_of(item.origin), Ink::place, {}},
                      {"removed by " + place_of(item.removed_by), Ink::place, {}}});
    text_ += table(rows, "  ", paint_);
  }

  void unmatched() {
    if (it_.unmatched.empty()) return;
    text_ += "\nvariables and options that are no known key:\n";
    std::vector<std::vector<Cell>> rows;
    for (const auto& one : it_.unmatched) {
      auto note = one.reason;
      if (!one.nearest.empty()) note += (note.empty() ? "" : "; ") + ("did you mean `" + one.nearest + "`?");
      rows.push_back({{printable(one.name), Ink::place, {}},
                      {"-> " + printable(path_text(one.path)), Ink::path, {}},
                      {printable(note), Ink::faint, {}}});
    }
    text_ += table(rows, "  ", paint_);
  }

  void warnings() {
    if (it_.warnings.empty()) return;
    text_ += "\nwarnings:\n";
    for (const auto& warning : it_.warnings)
      text_ += "  " + paint_(Ink::warning, on_one_line(text_of(warning))) + '\n';
  }

  const Path& path_;
  const Explanation& it_;
  bool reveal_;
  const Painter& paint_;
  std::string text_;
};

}  // namespace

Outcome failed(const Errors& errors, Status status) {
  const bool terminal = is_terminal(STDERR_FILENO);
  const bool color = wants_color(STDERR_FILENO);
  Outcome outcome{{}, {}, status};
  for (const auto& error : errors) {
    const auto shown = presentable(error);
    outcome.errors += (terminal ? shown.to_display_string(color) : "error: " + shown.to_string()) + '\n';
  }
  return outcome;
}

Outcome show(const SuperConfig& config, const Options& options) {
  const auto tree = config.try_value();
  if (!tree.ok()) return failed(tree.errors());
  const auto visible = options.reveal ? *tree : masked(*tree, false);

  Outcome outcome;
  if (options.format && !options.origins) {
    auto text = document(visible, *options.format);
    if (!text.ok()) return failed(text.errors());
    outcome.output = std::move(*text);
  } else if (options.format == Format::json) {
    auto text = json_lines(lines_of(visible, Items::apart));
    if (!text.ok()) return failed(text.errors());
    outcome.output = std::move(*text);
  } else {
    // TOML has no way to write an array item by item; the plain listing has.
    const auto items = options.origins && !options.format ? Items::apart : Items::together;
    outcome.output = listing(lines_of(visible, items), options.origins, Painter(wants_color(STDOUT_FILENO)));
  }
  outcome.errors = warnings_of(config);
  return outcome;
}

Outcome get(const SuperConfig& config, const Options& options) {
  const auto path = Path::parse(options.path);
  if (!path.ok()) return failed(path.errors());
  const auto found = config.try_find_value(options.path);
  if (!found.ok()) return failed(found.errors());
  if (!*found) return missing(config, *path);
  const auto& text = **found;
  const auto& value = text.is_text() ? text.text_guess() : text;

  if (!options.format) {
    if (const auto characters = value.as_string()) return {std::string(*characters) + '\n', {}, Status::done};
    if (!value.is_dict() && !value.is_array()) return {literal(value) + '\n', {}, Status::done};
  }
  auto written = fragment(value, options.format.value_or(Format::toml));
  if (!written.ok()) return failed(written.errors());
  return {std::move(*written), {}, Status::done};
}

Outcome explain(const SuperConfig& config, const Options& options) {
  const auto path = Path::parse(options.path);
  if (!path.ok()) return failed(path.errors());
  const auto explanation = config.try_explain(options.path);
  if (!explanation.ok()) return failed(explanation.errors());
  const bool nothing = !explanation->value;
  if (nothing && explanation->contributions.empty()) return missing(config, *path);

  const Painter paint(wants_color(nothing ? STDERR_FILENO : STDOUT_FILENO));
  auto text = Report(*path, *explanation, options.reveal, paint).text();
  if (nothing) return {{}, std::move(text), Status::no};
  return {std::move(text), {}, Status::done};
}

Outcome convert(const std::string& file, std::optional<Format> from, Format to) {
  const bool standard_input = file == "-";
  if (!from && !standard_input) from = format_of_extension(file);
  if (!from) {
    Error error;
    error.message = "which format is " + (standard_input ? std::string("the standard input") : file) +
                    "? Say --from toml or --from json";
    return failed(error);
  }
  const auto tree = standard_input ? read_standard_input(*from) : read_file(file, *from);
  if (!tree.ok()) return failed(tree.errors());
  auto text = document(*tree, to);
  if (!text.ok()) return failed(text.errors());
  return {std::move(*text), {}, Status::done};
}

}  // namespace superconfig::cli
