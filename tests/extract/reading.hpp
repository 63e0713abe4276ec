// Short ways to read a text into a type, and to say what an error should be.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "formats/formats.hpp"
#include "formats/text_guess.hpp"
#include "superconfig/extract/extract.hpp"

namespace superconfig::testing {

/// A JSON document that stays alive with its source, so that origins can be spelled out.
struct Document {
  Source source;
  Value root;
  explicit Document(std::string_view json) : source(Source::text("test.json", std::string(json))) {
    auto parsed = parse_json(source);
    if (!parsed) ADD_FAILURE() << "bad JSON in a test: " << parsed.errors().to_string();
    if (parsed) root = *std::move(parsed);
  }
};

/// The whole document as a T.
template <class T>
Result<T> read(std::string_view json, ExtractOptions options = {}) {
  Document document(json);
  return extract_value<T>(Found{&document.root, {}}, options);
}

/// One value, written as JSON, as a T; its path is `v`.
template <class T>
Result<T> read_value(std::string_view json, ExtractOptions options = {}) {
  Document document("{\"v\":" + std::string(json) + "}");
  const Entry* entry = document.root.find("v");
  return extract_value<T>(Found{&entry->value, entry->mark}, options, {"v"});
}

/// The text of an environment variable as a T; its path is `v`.
template <class T>
Result<T> read_text(std::string_view characters, ExtractOptions options = {}) {
  Source source = Source::environment("APP_V");
  Value value = detail::guessed_text(characters, source.mark());
  return extract_value<T>(Found{&value, source.mark()}, options, {"v"});
}

inline constexpr ExtractOptions lossy{.lossy = true};

/// `code path: expected …, found …; hint`, a line an error; parts that are not there are left out.
inline std::string brief(const Errors& errors) {
  std::string text;
  for (const Error& error : errors) {
    if (!text.empty()) text += '\n';
    text += std::string(name_of(error.code)) + " " + error.path_text();
    if (!error.field.empty()) text += " field " + error.field;
    if (!error.message.empty()) text += ": " + error.message;
    if (!error.expected.empty()) text += ": expected " + error.expected;
    if (!error.found.empty()) text += ", found " + error.found;
    if (!error.hint.empty()) text += "; " + error.hint;
  }
  return text;
}
template <class T>
std::string brief(const Result<T>& result) {
  return result ? "no error" : brief(result.errors());
}
/// Codes and paths only.
template <class T>
std::string codes(const Result<T>& result) {
  if (result) return "no error";
  std::string text;
  for (const Error& error : result.errors()) {
    if (!text.empty()) text += ", ";
    text += std::string(name_of(error.code)) + " " + error.path_text();
    if (!error.field.empty()) text += "#" + error.field;
  }
  return text;
}

}  // namespace superconfig::testing
