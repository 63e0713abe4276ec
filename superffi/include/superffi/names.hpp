// Names: written once in snake_case (types in PascalCase), spelled as each language spells them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace superffi {

enum class Language : std::uint8_t { python, node, wasm, c };

namespace detail {

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_snake_case(std::string_view name) {
  if (name.empty() || name.front() < 'a' || name.front() > 'z' || name.back() == '_') return false;
  return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

constexpr bool is_pascal_case(std::string_view name) {
  if (name.empty() || name.front() < 'A' || name.front() > 'Z') return false;
  return std::ranges::all_of(name,
                             [](char c) { return lower(c) != c || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// Words that may not name what we name with them: arguments, functions and fields.
inline constexpr auto python_words = std::to_array<std::string_view>(
    {"False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
     "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
     "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
     "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield",    "self"});
inline constexpr auto javascript_words = std::to_array<std::string_view>(
    {"arguments", "await",      "break",     "case",   "catch",    "class",  "const",      "continue",
     "debugger",  "default",    "delete",    "do",     "else",     "enum",   "eval",       "export",
     "extends",   "false",      "finally",   "for",    "function", "if",     "implements", "import",
     "in",        "instanceof", "interface", "let",    "new",      "null",   "package",    "private",
     "protected", "public",     "return",    "static", "super",    "switch", "this",       "throw",
     "true",      "try",        "typeof",    "var",    "void",     "while",  "with",       "yield"});
inline constexpr auto c_words = std::to_array<std::string_view>(
    {"alignas",  "alignof", "and",      "asm",       "auto",     "bool",     "break",     "case",     "catch",
     "char",     "class",   "const",    "continue",  "decltype", "default",  "delete",    "do",       "double",
     "else",     "enum",    "explicit", "export",    "extern",   "false",    "float",     "for",      "friend",
     "goto",     "if",      "inline",   "int",       "long",     "mutable",  "namespace", "new",      "not",
     "operator", "or",      "private",  "protected", "public",   "register", "requires",  "restrict", "return",
     "short",    "signed",  "sizeof",   "static",    "struct",   "switch",   "template",  "this",     "throw",
     "true",     "try",     "typedef",  "typename",  "union",    "unsigned", "using",     "virtual",  "void",
     "volatile", "while",   "xor",      "self",      "out",      "error"});

inline bool is_word_of(Language language, std::string_view name) {
  const auto in = [name](const auto& words) { return std::ranges::find(words, name) != words.end(); };
  switch (language) {
    case Language::python: return in(python_words);
    case Language::c: return in(c_words);
    default: return in(javascript_words);
  }
}

}  // namespace detail

/// with_file → withFile
inline std::string camel_case(std::string_view snake) {
  std::string out;
  bool raise = false;
  for (const char c : snake) {
    if (c == '_') {
      raise = !out.empty();
    } else {
      out += raise ? detail::upper(c) : c;
      raise = false;
    }
  }
  return out;
}

/// SharedHandle → shared_handle; snake_case stays.
inline std::string snake_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = detail::lower(name[i]) != name[i];
    const bool after_lower = i > 0 && detail::lower(name[i - 1]) == name[i - 1];
    const bool before_lower = i + 1 < name.size() && detail::lower(name[i + 1]) == name[i + 1];
    if (upper && i > 0 && (after_lower || before_lower)) out += '_';
    out += detail::lower(name[i]);
  }
  return out;
}

inline std::string upper_case(std::string_view name) {
  std::string out;
  for (const char c : name) out += detail::upper(c);
  return out;
}

/// The name of an argument, a field or a free function.
inline std::string spell_name(Language language, std::string_view name) {
  std::string out = language == Language::node || language == Language::wasm ? camel_case(name) : std::string(name);
  if (detail::is_word_of(language, out)) out += '_';
  return out;
}

/// The name of a method or property: in JavaScript every word may be one.
inline std::string spell_member(Language language, std::string_view name) {
  if (language == Language::python) return spell_name(language, name);
  return language == Language::c ? std::string(name) : camel_case(name);
}

}  // namespace superffi
