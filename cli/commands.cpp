#include "commands.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "library.hpp"
#include "listing.hpp"
#include "problems.hpp"
#include "superconfig/mask.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

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
    items.push_back(
        {Value::dict(
             {{"path", Value(line.path)}, {"value", line.value}, {"origin", Value(place_of(line.marks.front()))}}),
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

struct Document {
  Value tree;
  std::vector<Source> sources;  // what its marks name
};

Result<Document> read_standard_input(Format format) {
  int problem = 0;
  auto text = read_all(stdin, problem);
  if (problem) {
    Error error;
    error.code = ErrorCode::io;
    error.message = "cannot read the standard input: " + std::string(std::strerror(problem));
    return error;
  }
  const auto source = Source::text("<stdin>", std::move(text));
  const auto tree = parse(format, source);
  if (!tree.ok()) return tree.errors();
  return Document{*tree, {source}};
}

// As it is written: no profiles, no array edits.
Result<Document> read_file(const std::string& file, Format format) {
  const auto loaded =
      format == Format::json ? Json::file_exact(file).load(Below()) : Toml::file_exact(file).load(Below());
  if (!loaded.ok()) return loaded.errors();
  return Document{loaded->content.empty() ? Value::dict() : loaded->content.front().tree, loaded->sources};
}

}  // namespace

Outcome failed(const Errors& errors, Status status) { return {{}, text_of(errors), status}; }

Outcome show(const SuperConfig& config, const Options& options) {
  const auto tree = config.try_value();
  if (!tree.ok()) return failed(tree.errors());
  const auto visible = options.reveal ? *tree : masked(*tree);

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
  if (!*found) return failed(no_such_key(config, *path), Status::no);
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

Outcome convert(const std::string& file, std::optional<Format> from, Format to) {
  const bool standard_input = file == "-";
  if (!from && !standard_input) from = format_of_extension(file);
  if (!from) {
    Error error;
    error.message = "which format is " + (standard_input ? std::string("the standard input") : file) +
                    "? Say --from toml or --from json";
    return failed(error);
  }
  const auto read = standard_input ? read_standard_input(*from) : read_file(file, *from);
  if (!read.ok()) return failed(read.errors());
  auto text = document(read->tree, to);
  if (!text.ok()) return failed(text.errors());
  return {std::move(*text), {}, Status::done};
}

}  // namespace superconfig::cli
