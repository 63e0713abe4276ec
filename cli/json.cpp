#include "json.hpp"

namespace superconfig::cli {

namespace {

std::string_view name_of_kind(SourceKind kind) {
  switch (kind) {
    case SourceKind::unknown: return "unknown";
    case SourceKind::file: return "file";
    case SourceKind::text: return "text";
    case SourceKind::environment: return "environment";
    case SourceKind::argument: return "argument";
    case SourceKind::code: return "code";
    case SourceKind::other: return "other";
  }
  return "unknown";
}

Value strings(const std::vector<std::string>& texts) {
  return json_array(texts, [](const std::string& text) { return Value(text); });
}

void set_if(Value& dict, std::string_view name, const std::string& text) {
  if (!text.empty()) dict.set(name, text);
}

Value origins(const std::vector<Origin>& all) {
  return json_array(all, [](const Origin& origin) { return json_of(origin); });
}

}  // namespace

Value json_of(const Origin& origin) {
  auto dict = Value::dict({{"kind", name_of_kind(origin.kind)}});
  set_if(dict, "name", origin.name);
  if (origin.line) dict.set("line", origin.line);
  if (origin.column) dict.set("column", origin.column);
  if (!origin.layer.empty()) dict.set("layer", origin.layer.front());
  return dict;
}

Value json_of(const Errors& errors) {
  return json_array(errors, [](const Error& error) {
    auto dict =
        Value::dict({{"code", name_of(error.code)}, {"path", strings(error.path)}, {"text", error.to_string()}});
    set_if(dict, "profile", error.profile);
    set_if(dict, "field", error.field);
    set_if(dict, "message", error.message);
    set_if(dict, "expected", error.expected);
    set_if(dict, "found", error.found);
    if (!error.expected_one_of.empty()) dict.set("expected_one_of", strings(error.expected_one_of));
    if (error.origin.known()) dict.set("origin", json_of(error.origin));
    if (!error.related.empty()) dict.set("related", origins(error.related));
    set_if(dict, "hint", error.hint);
    return dict;
  });
}

Value json_of(const std::vector<Warning>& warnings) {
  return json_array(warnings, [](const Warning& warning) {
    auto dict = Value::dict({{"path", strings(warning.path)}, {"message", warning.message}});
    if (warning.origin.known()) dict.set("origin", json_of(warning.origin));
    if (!warning.related.empty()) dict.set("related", origins(warning.related));
    return dict;
  });
}

Value json_of(const std::vector<Unmatched>& unmatched) {
  return json_array(unmatched, [](const Unmatched& one) {
    auto dict = Value::dict({{"name", one.name}, {"path", strings(one.path)}});
    set_if(dict, "nearest", one.nearest);
    return dict;
  });
}

Value json_of(std::span<const Line> lines) {
  return json_array(lines, [](const Line& line) {
    auto dict = Value::dict({{"path", line.path}, {"value", line.value}});
    dict.set("origin", json_of(origin_of(line.marks.front())));
    return dict;
  });
}

}  // namespace superconfig::cli
