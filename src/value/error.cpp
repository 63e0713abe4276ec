#include "superconfig/error.hpp"

#include <cstdlib>

#include "superconfig/path.hpp"

namespace superconfig {

std::string_view name_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_type: return "invalid_type";
    case ErrorCode::invalid_value: return "invalid_value";
    case ErrorCode::invalid_length: return "invalid_length";
    case ErrorCode::unknown_variant: return "unknown_variant";
    case ErrorCode::unknown_field: return "unknown_field";
    case ErrorCode::missing_field: return "missing_field";
    case ErrorCode::duplicate_field: return "duplicate_field";
    case ErrorCode::message: return "message";
    case ErrorCode::parse: return "parse";
    case ErrorCode::io: return "io";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::ambiguous_key: return "ambiguous_key";
    case ErrorCode::invalid_path: return "invalid_path";
    case ErrorCode::stale_handle: return "stale_handle";
    case ErrorCode::unsupported: return "unsupported";
  }
  return "message";
}

std::string Error::path_text() const { return superconfig::path_text(path); }

namespace {

std::string_view plain_words(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_type: return "wrong type";
    case ErrorCode::invalid_value: return "value not allowed";
    case ErrorCode::invalid_length: return "wrong number of items";
    case ErrorCode::unknown_variant: return "unknown variant";
    case ErrorCode::unknown_field: return "unknown field";
    case ErrorCode::missing_field: return "missing";
    case ErrorCode::duplicate_field: return "given twice";
    case ErrorCode::message: return "";
    case ErrorCode::parse: return "cannot be parsed";
    case ErrorCode::io: return "cannot be read";
    case ErrorCode::not_found: return "not found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::ambiguous_key: return "ambiguous key";
    case ErrorCode::invalid_path: return "not a path";
    case ErrorCode::stale_handle: return "stale handle";
    case ErrorCode::unsupported: return "not supported";
  }
  return "";
}

// "origin: path: what (…)", the parts that are there.
std::string one_line(const Error& e) {
  std::string text;
  const auto part = [&text](std::string_view s, std::string_view separator) {
    if (s.empty()) return;
    if (!text.empty()) text += separator;
    text += s;
  };
  if (e.origin.known()) part(e.origin.to_string(), "");
  auto place = e.path_text();
  if ((e.code == ErrorCode::missing_field || e.code == ErrorCode::duplicate_field) && !e.field.empty())
    place += (place.empty() ? "" : ".") + e.field;
  part(place, ": ");
  std::string what(e.message);
  if (what.empty()) {
    what = plain_words(e.code);
    if (!e.expected.empty() && e.expected_one_of.empty())
      what += (what.empty() ? "expected " : ": expected ") + e.expected;
    if (!e.found.empty()) what += (e.expected.empty() || !e.expected_one_of.empty() ? ": " : ", found ") + e.found;
  }
  if (!e.expected_one_of.empty()) {
    what += "; known: ";
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < e.expected_one_of.size() && i < most; ++i)
      what += (i ? ", `" : "`") + e.expected_one_of[i] + "`";
    if (e.expected_one_of.size() > most) what += ", …";
  }
  part(what, ": ");
  for (const auto& other : e.related) text += "; see " + other.to_string();
  if (!e.hint.empty()) text += " (" + e.hint + ")";
  return text;
}

}  // namespace

std::string Error::to_string() const { return one_line(*this); }

std::string Error::to_display_string(bool color) const {
  std::string text = (color ? "\033[1;31merror\033[0m: " : "error: ") + one_line(*this);
  if (origin.line_text.empty() || origin.line == 0) return text;
  const auto number = std::to_string(origin.line);
  const std::string margin(number.size(), ' ');
  std::string under;
  // Tabs stay tabs, so that the mark stands below its place whatever the tab width.
  std::uint32_t column = 1;
  for (const char c : origin.line_text) {
    if (column >= origin.line_column) break;
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
    under += c == '\t' ? '\t' : ' ';
    ++column;
  }
  text +=
      "\n " + number + " | " + origin.line_text + "\n " + margin + " | " + under + (color ? "\033[1;31m^\033[0m" : "^");
  return text;
}

Errors::Errors(Error error) : list_(std::make_shared<std::vector<Error>>()) { list_->push_back(std::move(error)); }
Errors::Errors(std::vector<Error> list) {
  if (!list.empty()) list_ = std::make_shared<std::vector<Error>>(std::move(list));
}

std::vector<Error>& Errors::own() {
  if (!list_) {
    list_ = std::make_shared<std::vector<Error>>();
  } else if (list_.use_count() != 1) {
    list_ = std::make_shared<std::vector<Error>>(*list_);
  }
  return *list_;
}
void Errors::add(Error error) { own().push_back(std::move(error)); }
void Errors::add(const Errors& errors) {
  if (errors.empty()) return;
  if (empty()) {
    list_ = errors.list_;
    return;
  }
  const auto added = errors.list_;  // keeps it alive should it be our own
  auto& list = own();
  list.insert(list.end(), added->begin(), added->end());
}

std::string Errors::to_string() const {
  std::string text;
  for (const auto& error : *this) {
    if (!text.empty()) text += '\n';
    text += error.to_string();
  }
  return text;
}

void detail::raise(Errors errors) {
#if defined(__cpp_exceptions)
  throw ConfigError(std::move(errors));
#else
  (void)errors;
  std::abort();
#endif
}

}  // namespace superconfig
