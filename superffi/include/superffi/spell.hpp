// How types and defaults are written in Python and TypeScript. C has its own file, emit_c.hpp: its types need names.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "superffi/model.hpp"

namespace superffi {

/// What a function takes, or what it gives: languages are generous in the one and exact in the other.
enum class Flow : std::uint8_t { in, out };

namespace detail {

inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

inline std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  std::string out(buffer, end);
  if (out.find_first_of(".en") == std::string::npos) out += ".0";
  return out;
}

inline Flow other(Flow flow) { return flow == Flow::in ? Flow::out : Flow::in; }

}  // namespace detail

inline std::string python_type(const TypeModel& type, Flow flow) {
  const bool in = flow == Flow::in;
  switch (type.kind) {
    case Kind::nothing: return "None";
    case Kind::boolean: return "bool";
    case Kind::integer: return "int";
    case Kind::number: return "float";
    case Kind::text: return "str";
    case Kind::bytes: return in ? "bytes | bytearray | memoryview" : "bytes";
    case Kind::date: return "datetime.date";
    case Kind::instant: return "datetime.datetime";
    case Kind::duration: return "datetime.timedelta";
    case Kind::optional: return python_type(type.of[0], flow) + " | None";
    case Kind::list: return (in ? "Iterable[" : "list[") + python_type(type.of[0], flow) + "]";
    case Kind::map: return (in ? "Mapping[str, " : "dict[str, ") + python_type(type.of[0], flow) + "]";
    case Kind::enumeration: return in ? type.name + " | str" : type.name;
    case Kind::record:
    case Kind::object: return type.name;
    case Kind::tree: return "Any";
    case Kind::callback: {
      std::string out = "Callable[[";
      for (std::size_t i = 1; i < type.of.size(); ++i)
        out += (i > 1 ? ", " : "") + python_type(type.of[i], detail::other(flow));
      const TypeModel& result = type.of[0];
      return out + "], " + (result.kind == Kind::nothing ? "object" : python_type(result, flow)) + "]";
    }
  }
  return {};
}

inline std::string python_default(const ArgModel& arg) {
  struct Write {
    const ArgModel& arg;
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::nullopt_t) const { return "None"; }
    std::string operator()(EmptyLiteral) const {
      switch (arg.type.kind) {
        case Kind::list: return "()";
        case Kind::text: return "\"\"";
        case Kind::bytes: return "b\"\"";
        case Kind::optional:
        case Kind::tree: return "None";
        default: return "...";
      }
    }
    std::string operator()(bool value) const { return value ? "True" : "False"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return detail::number_text(value); }
    std::string operator()(const std::string& value) const {
      if (arg.type.kind == Kind::enumeration) return arg.type.name + "." + upper_case(value);
      return detail::quoted(value);
    }
  };
  return std::visit(Write{arg}, arg.default_value);
}

/// `def add(self, name: str, count: int = 1) -> None`
inline std::string python_signature(const CallModel& call, std::string_view name) {
  std::string out = "def " + std::string(name) + "(";
  std::string_view separator;
  if (call.has_receiver() || call.role == Role::constructor) {
    out += "self";
    separator = ", ";
  }
  for (const ArgModel& arg : call.args) {
    out += separator;
    separator = ", ";
    out += spell_name(Language::python, arg.name) + ": " + python_type(arg.type, Flow::in);
    if (arg.has_default()) out += " = " + python_default(arg);
  }
  out += ") -> ";
  if (call.role == Role::constructor) return out + "None";
  if (call.role == Role::iterable) return out + "Iterator[" + python_type(call.result.of[0], Flow::out) + "]";
  return out + python_type(call.result, Flow::out);
}

inline std::string typescript_type(const TypeModel& type, Flow flow) {
  const bool in = flow == Flow::in;
  switch (type.kind) {
    case Kind::nothing: return "void";
    case Kind::boolean: return "boolean";
    case Kind::integer: return type.bits > 32 ? "number | bigint" : "number";
    case Kind::duration:
    case Kind::number: return "number";
    case Kind::text:
    case Kind::date: return "string";
    case Kind::bytes: return "Uint8Array";
    case Kind::instant: return "Date";
    case Kind::optional: return typescript_type(type.of[0], flow) + (in ? " | null | undefined" : " | undefined");
    case Kind::list: {
      const std::string item = typescript_type(type.of[0], flow);
      return (in ? "Iterable<" : "Array<") + item + ">";
    }
    case Kind::map: {
      const std::string item = typescript_type(type.of[0], flow);
      return in ? "Map<string, " + item + "> | { readonly [key: string]: " + item + " }" : "Map<string, " + item + ">";
    }
    case Kind::record:
    case Kind::enumeration:
    case Kind::object: return type.name;
    case Kind::tree: return in ? "unknown" : "any";
    case Kind::callback: {
      std::string out = "((";
      for (std::size_t i = 1; i < type.of.size(); ++i)
        out += std::string(i > 1 ? ", " : "") + static_cast<char>('a' + i - 1) + ": " +
               typescript_type(type.of[i], detail::other(flow));
      return out + ") => " + typescript_type(type.of[0], flow) + ")";
    }
  }
  return {};
}

inline std::string javascript_literal(const Literal& literal, Kind kind) {
  struct Write {
    Kind kind;
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::nullopt_t) const { return "undefined"; }
    std::string operator()(EmptyLiteral) const {
      switch (kind) {
        case Kind::list: return "[]";
        case Kind::map: return "new Map()";
        case Kind::text: return "\"\"";
        case Kind::bytes: return "new Uint8Array()";
        case Kind::record: return "{}";
        default: return "undefined";
      }
    }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return detail::number_text(value); }
    std::string operator()(const std::string& value) const { return detail::quoted(value); }
  };
  return std::visit(Write{kind}, literal);
}
inline std::string javascript_default(const ArgModel& arg) {
  return javascript_literal(arg.default_value, arg.type.kind);
}

}  // namespace superffi
