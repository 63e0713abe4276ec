#include "superconfig/value.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

#include "value/nodes.hpp"
#include "value/path_scan.hpp"
#include "value/walk.hpp"

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

namespace {

using Pair = std::pair<const Value*, const Value*>;

// Compares what the pair itself says; what lies inside is added to `inside`.
bool same_here(const Value& a, const Value& b, std::vector<Pair>& inside) {
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
      if (a.tag() == Value::Tag::edit || b.tag() == Value::Tag::edit) return false;
      const auto x = a.items();
      const auto y = b.items();
      if (x.size() != y.size()) return false;
      for (std::size_t i = 0; i < x.size(); ++i) inside.emplace_back(&x[i].value, &y[i].value);
      return true;
    }
    case Kind::dict:
      if (a.size() != b.size()) return false;
      for (const auto& entry : a.entries()) {
        const auto* other = detail::find(b.node(), entry.name);
        if (!other) return false;
        inside.emplace_back(&entry.value, &other->value);
      }
      return true;
  }
  return false;
}

}  // namespace

bool operator==(const Value& left, const Value& right) {
  // A list of pairs rather than recursion: trees that programs build can be deeper than the stack.
  std::vector<Pair> pairs;
  if (!same_here(left.text_guess(), right.text_guess(), pairs)) return false;
  while (!pairs.empty()) {
    const auto [a, b] = pairs.back();
    pairs.pop_back();
    if (!same_here(a->text_guess(), b->text_guess(), pairs)) return false;
  }
  return true;
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

void print(std::string& out, const Value& value, int levels) {
  if (levels == 0) {
    out += "…";
    return;
  }
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
        print(out, item.value, levels - 1);
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
        print(out, entry.value, levels - 1);
      }
      out += '}';
      break;
    }
  }
}

}  // namespace

std::string Value::to_string() const {
  std::string out;
  constexpr int most_levels = 1000;
  print(out, *this, most_levels);
  return out;
}

// ---- walking ----

Found find_path(const Value& root, const Path& path) noexcept {
  Found at{&root, {}};
  for (const auto& segment : path.segments()) {
    const auto by_name = [&](const detail::Node* dict) {
      return detail::find_entry(dict, segment, detail::hash_name(segment));
    };
    if (!detail::step(at, by_name, [&] { return index_of(segment); })) break;
  }
  return at;
}
Found find_path(const Value& root, const Key& key) noexcept { return detail::walk(root, key); }
Found find_path(const Value& root, std::string_view path, bool* bad_path) noexcept {
  return detail::walk(root, path, bad_path);
}

Found detail::walk_scanned(const Value& root, std::string_view path, bool* bad_path) noexcept {
  PathScan scan(path);
  std::string quoted;
  std::string_view segment;
  Found at{&root, {}};
  while (scan.next(segment, quoted)) {
    const auto by_name = [&](const Node* dict) { return find_entry(dict, segment, hash_name(segment)); };
    if (at.value) step(at, by_name, [&] { return index_of(segment); });
  }
  *bad_path = scan.failed();
  return scan.failed() ? Found{} : at;
}

}  // namespace superconfig
