#include "commands.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "json.hpp"
#include "library.hpp"
#include "listing.hpp"
#include "problems.hpp"
#include "superconfig/mask.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

// As TOML, a value that is no table stands for itself.
Result<std::string> fragment(const Value& value, Format format) {
  if (format != Format::toml || value.is_dict()) return document(value, format);
  // What TOML can't hold is found by writing a document around it.
  const auto around = write_toml(Value::dict({{"value", value}}));
  if (!around.ok()) {
    std::vector<Error> errors(around.errors().begin(), around.errors().end());
    for (auto& error : errors) error.path.erase(error.path.begin());
    return Errors(std::move(errors));
  }
  return literal(value) + '\n';
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
Result<Loaded> load(const std::string& file, Format format) {
  switch (format) {
    case Format::toml: return Toml::file_exact(file).load({});
    case Format::yaml: return Yaml::file_exact(file).load({});
    case Format::json: return Json::file_exact(file).load({});
    case Format::jsonc: return detail::FormatOf<Format::jsonc>::file_exact(file).load({});
  }
  return Loaded();
}

Result<Document> read_file(const std::string& file, Format format) {
  const auto loaded = load(file, format);
  if (!loaded.ok()) return loaded.errors();
  return Document{loaded->content.empty() ? Value::dict() : loaded->content.front().tree, loaded->sources};
}

}  // namespace

Result<std::string> document(const Value& value, Format format) {
  auto text = format == Format::toml   ? write_toml(value)
              : format == Format::yaml ? write_yaml(value)
                                       : write_json(value);
  if (text.ok() && !text->ends_with('\n') && !text->empty()) *text += '\n';
  return text;
}

Outcome printed(const Value& json, const Options& options, Status status) {
  auto text = document(json, Format::json);
  if (!text.ok()) return failed(text.errors(), options);
  return {std::move(*text), {}, status};
}

Outcome failed(const Errors& errors, const Options& options, Status status) {
  if (!options.json) return {{}, text_of(errors, STDERR_FILENO), status};
  const auto text = document(Value::dict({{"errors", json_of(errors)}}), Format::json);
  return {{}, text.ok() ? *text : text_of(errors, STDERR_FILENO), status};
}

Outcome show(const SuperConfig& config, const Options& options) {
  const auto tree = config.try_value();
  if (!tree.ok()) return failed(tree.errors(), options);
  const auto visible = options.reveal ? *tree : masked(*tree);

  Outcome outcome;
  if (options.json || (options.origins && options.format == Format::json)) {
    // What JSON can't hold is named by its path in the tree, not in the listing.
    if (const auto fits = write_json(visible); !fits.ok()) return failed(fits.errors(), options);
    outcome = printed(json_of(lines_of(visible, Items::apart)), options);
  } else if (options.format && !options.origins) {
    auto text = document(visible, *options.format);
    if (!text.ok()) return failed(text.errors(), options);
    outcome.output = std::move(*text);
  } else {
    // TOML has no way to write an array item by item; the plain listing has.
    const auto items = options.origins && !options.format ? Items::apart : Items::together;
    outcome.output = listing(lines_of(visible, items), options.origins, Painter(wants_color(STDOUT_FILENO)));
  }
  if (outcome.status == Status::done) outcome.errors = warnings_of(config, options.json);
  return outcome;
}

Outcome get(const SuperConfig& config, const Options& options) {
  const auto path = Path::parse(options.path);
  if (!path.ok()) return failed(path.errors(), options);
  const auto found = config.try_find_value(options.path);
  if (!found.ok()) return failed(found.errors(), options);
  if (!*found) return failed(no_such_key(config, *path), options, Status::no);
  const auto& text = **found;
  const auto& value = text.is_text() ? text.text_guess() : text;

  if (options.json) {
    const auto origin = config.try_find_metadata(options.path);
    auto dict = Value::dict({{"path", path->to_string()}, {"value", value}});
    if (origin.ok() && *origin && (*origin)->known()) dict.set("origin", json_of(**origin));
    return printed(dict, options);
  }
  if (!options.format) {
    if (const auto characters = value.as_string()) return {std::string(*characters) + '\n'};
    if (!value.is_dict() && !value.is_array()) return {literal(value) + '\n'};
  }
  auto written = fragment(value, options.format.value_or(Format::toml));
  if (!written.ok()) return failed(written.errors(), options);
  return {std::move(*written)};
}

Outcome keys(const SuperConfig& config, const Options& options) {
  const auto path = Path::parse(options.path);
  if (!path.ok()) return failed(path.errors(), options);
  const auto found = config.try_find_value(options.path);
  if (!found.ok()) return failed(found.errors(), options);
  if (!*found) return failed(no_such_key(config, *path), options, Status::no);

  std::vector<std::string> names;
  if (options.all) {
    for (auto& leaf : leaves_of(**found, *path)) names.push_back(std::move(leaf.text));
  } else {
    const auto inside = config.try_keys(options.path);
    if (!inside.ok()) return failed(inside.errors(), options);
    for (const auto& name : *inside) names.push_back(options.json ? name : key_text(name));
  }
  if (options.json) return printed(json_array(names, [](const std::string& name) { return Value(name); }), options);
  Outcome outcome;
  for (const auto& name : names) outcome.output += name + '\n';
  return outcome;
}

Outcome convert(const std::string& file, std::optional<Format> from, Format to, const Options& options) {
  const bool standard_input = file == "-";
  if (!from && !standard_input) from = format_of_extension(file);
  if (!from) {
    Error error;
    error.message = "which format is " + (standard_input ? std::string("the standard input") : file) +
                    "? Say --from toml, yaml, json or jsonc";
    return failed(error, options);
  }
  const auto read = standard_input ? read_standard_input(*from) : read_file(file, *from);
  if (!read.ok()) return failed(read.errors(), options);
  auto text = document(read->tree, to);
  if (!text.ok()) return failed(text.errors(), options);
  return {std::move(*text)};
}

}  // namespace superconfig::cli
