#include "superconfig/value.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "value/nodes.hpp"
#include "value/path_scan.hpp"

namespace superconfig {

std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "bool";
    case Kind::integer: return "integer";
    case Kind::floating: return "float";
    case Kind::string: return "string";
    case Kind::datetime: return "datetime";
    case Kind::array: return "array";
    case Kind::dict: return "dict";
  }
  return "null";
}

// ---- comparison ----

bool operator==(const Value& left, const Value& right) {
  const auto& a = left.text_guess();
  const auto& b = right.text_guess();
  using Tag = Value::Tag;
  if (a.counted() && b.counted() && a.node() == b.node()) return true;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::null: return true;
    case Kind::boolean: return a.as_bool() == b.as_bool();
    case Kind::integer: return a.tag() == b.tag() && a.bits() == b.bits();
    case Kind::floating: {
      const double x = *a.as_f64();
      const double y = *b.as_f64();
      return x == y || (std::isnan(x) && std::isnan(y));
    }
    case Kind::string: return *a.as_string() == *b.as_string();
    case Kind::datetime: return *a.as_datetime() == *b.as_datetime();
    case Kind::array: {
      if (a.tag() == Tag::edit || b.tag() == Tag::edit) return false;
      const auto x = a.items();
      const auto y = b.items();
      if (x.size() != y.size()) return false;
      for (std::size_t i = 0; i < x.size(); ++i)
        if (!(x[i].value == y[i].value)) return false;
      return true;
    }
    case Kind::dict: {
      if (a.size() != b.size()) return false;
      for (const auto& entry : a.entries()) {
        const auto* other = detail::find(b.node(), entry.name);
        if (!other || !(entry.value == other->value)) return false;
      }
      return true;
    }
  }
  return false;
}

// ---- text ----

std::string float_text(double d) {
  if (std::isnan(d)) return "nan";
  if (std::isinf(d)) return d < 0 ? "-inf" : "inf";
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, d).ptr;
  std::string text(buffer, end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

namespace {

void quote(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += escape;
    } else {
      out += c;
    }
  }
  out += '"';
}

void print(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::null: out += "null"; break;
    case Kind::boolean: out += *value.as_bool() ? "true" : "false"; break;
    case Kind::integer:
      out += value.as_i64() ? std::to_string(*value.as_i64()) : std::to_string(*value.as_u64());
      break;
    case Kind::floating: out += float_text(*value.as_f64()); break;
    case Kind::string: quote(out, *value.as_string()); break;
    case Kind::datetime: out += value.as_datetime()->to_string(); break;
    case Kind::array: {
      out += '[';
      bool first = true;
      for (const auto& item : value.items()) {
        if (!first) out += ',';
        first = false;
        print(out, item.value);
      }
      out += ']';
      break;
    }
    case Kind::dict: {
      out += '{';
      bool first = true;
      for (const auto& entry : value.entries()) {
        if (!first) out += ',';
        first = false;
        quote(out, entry.name);
        out += ':';
        print(out, entry.value);
      }
      out += '}';
      break;
    }
  }
}

}  // namespace

std::string Value::to_string() const {
  std::string out;
  print(out, *this);
  return out;
}

// ---- walking ----

namespace {

// One step down. `index` is only asked for where an array is met.
template <class FindEntry, class Index>
bool step(Found& at, const FindEntry& find_entry, const Index& index) noexcept {
  const auto* value = at.value;
  if (value->tag() == Value::Tag::dict) {
    const Entry* entry = find_entry(value->node());
    at = entry ? Found{&entry->value, entry->mark} : Found{};
  } else if (value->tag() == Value::Tag::array) {
    const auto* item = value->at(index());
    at = item ? Found{&item->value, item->mark} : Found{};
  } else if (value->tag() == Value::Tag::text) {
    const Mark mark = at.mark;
    at = Found{&value->text_guess(), mark};
    if (at.value->tag() != Value::Tag::dict && at.value->tag() != Value::Tag::array) {
      at = {};
      return false;
    }
    return step(at, find_entry, index);
  } else {
    at = {};
  }
  return at.value != nullptr;
}

}  // namespace

Found find_path(const Value& root, const Path& path) noexcept {
  Found at{&root, {}};
  for (const auto& segment : path.segments()) {
    const auto by_name = [&](const detail::Node* dict) { return detail::find(dict, segment, detail::hash_of(segment)); };
    if (!step(at, by_name, [&] { return index_of(segment); })) break;
  }
  return at;
}

Found find_path(const Value& root, const Key& key) noexcept {
  Found at{&root, {}};
  for (const auto& segment : key.segments()) {
    const auto by_hint = [&](const detail::Node* dict) { return detail::find(dict, segment.name, segment.hint); };
    if (!step(at, by_hint, [&] { return segment.index; })) break;
  }
  return at;
}

Found find_path(const Value& root, std::string_view path, bool* bad_path) noexcept {
  *bad_path = false;
  Found at{&root, {}};
  // The usual path has neither quotes nor brackets.
  const char* begin = path.data();
  const char* const end = begin + path.size();
  if (begin == end) return at;
  for (;;) {
    const char* stop = begin;
    while (stop != end && *stop != '.' && *stop != '[' && *stop != ']' && *stop != '"') ++stop;
    if (stop == begin || (stop != end && *stop != '.')) break;
    const std::string_view segment(begin, static_cast<std::size_t>(stop - begin));
    if (at.value) {
      const auto by_name = [&](const detail::Node* dict) { return detail::find(dict, segment, detail::hash_of(segment)); };
      step(at, by_name, [&] { return index_of(segment); });
    }
    if (stop == end) return at;
    begin = stop + 1;
  }
  detail::PathScan scan(path);
  std::string quoted;
  std::string_view segment;
  at = Found{&root, {}};
  while (scan.next(segment, quoted)) {
    const auto by_name = [&](const detail::Node* dict) { return detail::find(dict, segment, detail::hash_of(segment)); };
    if (at.value) step(at, by_name, [&] { return index_of(segment); });
  }
  if (scan.failed()) {
    *bad_path = true;
    return {};
  }
  return at;
}

}  // namespace superconfig
