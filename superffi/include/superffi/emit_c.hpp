// Writes the C header of a surface and the file that defines its functions (the shim over c.hpp).
#pragma once

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "superffi/model.hpp"
#include "superffi/spell.hpp"

namespace superffi {

/// How the shim reaches the surface.
struct CSource {
  std::string include;  ///< "surface.hpp"
  std::string surface;  ///< "shop::surface"
  std::string header;   ///< "inventory.h"
};

/// The names that C has for everything in a model.
class CNames {
 public:
  explicit CNames(const Model& model) : model_(model), prefix_(model.prefix + "_") {}

  [[nodiscard]] const std::string& prefix() const { return prefix_; }

  /// "list_text": what a type adds to a name.
  [[nodiscard]] std::string suffix(const TypeModel& type) const {
    switch (type.kind) {
      case Kind::nothing: return "nothing";
      case Kind::boolean: return "bool";
      case Kind::integer: return (type.is_signed ? "int" : "uint") + std::to_string(type.bits);
      case Kind::number: return type.bits == 32 ? "float" : "double";
      case Kind::text: return "text";
      case Kind::bytes: return "bytes";
      case Kind::date: return "date";
      case Kind::instant:
      case Kind::duration: return "time";
      case Kind::optional: return "optional_" + suffix(type.of[0]);
      case Kind::list: return "list_" + suffix(type.of[0]);
      case Kind::map: return "map_" + suffix(type.of[0]);
      case Kind::enumeration:
      case Kind::record:
      case Kind::object: return snake_case(type.name);
      case Kind::tree: return "tree";
      case Kind::callback: {
        std::string out = "callback";
        for (std::size_t i = 1; i < type.of.size(); ++i) out += "_" + suffix(type.of[i]);
        return type.of[0].kind == Kind::nothing ? out : out + "_to_" + suffix(type.of[0]);
      }
    }
    return {};
  }

  /// The C type that holds a value.
  [[nodiscard]] std::string type(const TypeModel& type) const {
    switch (type.kind) {
      case Kind::nothing: return "void";
      case Kind::boolean: return "bool";
      case Kind::integer: return suffix(type) + "_t";
      case Kind::number: return suffix(type);
      case Kind::object: return prefix_ + suffix(type) + (type.numbered ? "" : " *");
      case Kind::optional:
        if (type.of[0].kind == Kind::object) return this->type(type.of[0]);
        [[fallthrough]];
      default: return prefix_ + suffix(type);
    }
  }

  /// Whether a value owns memory, so that there is a function to free it.
  [[nodiscard]] bool owns(const TypeModel& type) const {
    switch (type.kind) {
      case Kind::text:
      case Kind::bytes:
      case Kind::list:
      case Kind::map:
      case Kind::object:
      case Kind::tree: return true;
      case Kind::optional: return owns(type.of[0]);
      case Kind::record:
        for (const RecordModel& record : model_.records)
          if (record.name == type.name)
            for (const FieldModel& field : record.fields)
              if (owns(field.type)) return true;
        return false;
      default: return false;
    }
  }

  enum class Shape { value, slice, pointer, callback };
  [[nodiscard]] static Shape shape(const TypeModel& type) {
    switch (type.kind) {
      case Kind::text:
      case Kind::bytes:
      case Kind::list:
      case Kind::map: return Shape::slice;
      case Kind::callback: return Shape::callback;
      case Kind::optional: return type.of[0].kind == Kind::object ? Shape::value : Shape::pointer;
      case Kind::record:
      case Kind::tree:
      case Kind::date:
      case Kind::instant:
      case Kind::duration: return Shape::pointer;
      default: return Shape::value;
    }
  }

  struct Parameter {
    std::string type;
    std::string name;
    [[nodiscard]] std::string declared() const { return type + (type.back() == '*' ? "" : " ") + name; }
  };

  /// The one to three parameters of an argument.
  [[nodiscard]] std::vector<Parameter> parameters(const TypeModel& type, const std::string& name) const {
    switch (shape(type)) {
      case Shape::value: return {{this->type(type), name}};
      case Shape::pointer: {
        const TypeModel& full = type.kind == Kind::optional ? type.of[0] : type;
        return {{"const " + this->type(full) + " *", name}};
      }
      case Shape::callback:
        return {{this->type(type), name}, {"void *", name + "_context"}, {"void (*" + name + "_release)(void *)", ""}};
      case Shape::slice:
        if (type.kind == Kind::text) return {{"const char *", name}, {"size_t", name + "_size"}};
        if (type.kind == Kind::bytes) return {{"const uint8_t *", name}, {"size_t", name + "_size"}};
        const std::string item =
            type.kind == Kind::map ? prefix_ + "entry_" + suffix(type.of[0]) : this->type(type.of[0]);
        return {{"const " + item + " *", name}, {"size_t", name + "_size"}};
    }
    return {};
  }

  [[nodiscard]] std::string function(const ClassModel* owner, const CallModel& call) const {
    std::string name = call.renamed[static_cast<std::size_t>(Language::c)];
    if (name.empty()) name = call.name;
    if (owner == nullptr) return prefix_ + name;
    if (call.role == Role::setter) name = "set_" + name;
    return prefix_ + snake_case(owner->name) + "_" + name;
  }

  [[nodiscard]] std::vector<Parameter> parameters(const ClassModel* owner, const CallModel& call) const {
    std::vector<Parameter> out;
    if (call.has_receiver()) out.push_back({prefix_ + snake_case(owner->name) + (owner->numbered ? "" : " *"), "self"});
    for (const ArgModel& arg : call.args)
      for (Parameter& parameter : parameters(arg.type, spell_name(Language::c, arg.name)))
        out.push_back(std::move(parameter));
    if (call.result.kind != Kind::nothing) {
      const std::string result = type(call.result);
      out.push_back({result + (result.back() == '*' ? "*" : " *"), "out"});
    }
    out.push_back({prefix_ + "error **", "error"});
    return out;
  }

  [[nodiscard]] std::string prototype(const ClassModel* owner, const CallModel& call) const {
    std::string out = prefix_ + "status " + function(owner, call) + "(";
    bool first = true;
    for (const Parameter& parameter : parameters(owner, call)) {
      if (!first) out += ", ";
      first = false;
      out += parameter.name.empty() ? parameter.type : parameter.declared();
    }
    return out + ")";
  }

 private:
  const Model& model_;
  std::string prefix_;
};

namespace detail {

/// Calls f(owner, call) for each function that C has.
template <class F>
void for_each_call(const Model& model, Language language, F&& f) {
  for (const ClassModel& owner : model.classes)
    for (const CallModel& call : owner.calls)
      if (call.in(language)) f(&owner, call);
  for (const CallModel& call : model.functions)
    if (call.in(language)) f(static_cast<const ClassModel*>(nullptr), call);
}

inline std::string hex(std::uint64_t value) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "0x%016llx", static_cast<unsigned long long>(value));
  return buffer;
}

/// The types that need a structure of their own, each after those it holds.
class CTypes {
 public:
  explicit CTypes(const Model& model) : model_(model), names_(model) {
    for (const ErrorModel& error : model.errors) {
      TypeModel problem;
      problem.kind = Kind::record;
      problem.name = error.problem;
      visit(problem);
    }
    for_each_call(model, Language::c, [this](const ClassModel*, const CallModel& call) {
      visit(call.result);
      for (const ArgModel& arg : call.args) visit(arg.type);
    });
  }
  [[nodiscard]] const std::vector<TypeModel>& in_order() const { return order_; }

 private:
  void visit(const TypeModel& type) {
    for (const TypeModel& inner : type.of) visit(inner);
    if (type.kind == Kind::record)
      for (const RecordModel& record : model_.records)
        if (record.name == type.name)
          for (const FieldModel& field : record.fields) visit(field.type);
    const bool structured = type.kind == Kind::record || type.kind == Kind::list || type.kind == Kind::map ||
                            type.kind == Kind::callback ||
                            (type.kind == Kind::optional && type.of[0].kind != Kind::object);
    if (structured && seen_.insert(names_.suffix(type)).second) order_.push_back(type);
  }
  const Model& model_;
  CNames names_;
  std::set<std::string> seen_;
  std::vector<TypeModel> order_;
};

inline std::vector<TypeModel> c_types(const Model& model) { return CTypes(model).in_order(); }

/// How one gets at a type from the shim: "function_result<surface, 5>" and so on.
inline std::map<std::string, std::string> owned_results(const Model& model, const std::string& surface) {
  const CNames names(model);
  std::map<std::string, std::string> out;
  for_each_call(model, Language::c, [&](const ClassModel* owner, const CallModel& call) {
    if (call.result.kind == Kind::nothing || call.result.kind == Kind::object || !names.owns(call.result)) return;
    if (call.result.kind == Kind::optional && call.result.of[0].kind == Kind::object) return;
    std::string type = owner == nullptr            ? "function_result<"
                       : call.role == Role::getter ? "property_type<"
                                                   : "member_result<";
    type += surface + ", " + std::to_string(owner == nullptr ? call.member : owner->item);
    if (owner != nullptr) type += ", " + std::to_string(call.member);
    out.emplace(names.suffix(call.result), "superffi::c::" + type + ">");
  });
  return out;
}

inline std::string c_conventions(const std::string& prefix, const std::string& upper) {
  return R"(
 * Conventions, in all functions:
 * - Each returns a status: )" +
         upper + R"(OK (0), or why it did nothing. What it gives comes through `out`, which may be null;
 *   `out` is written only when the status is )" +
         upper + R"(OK.
 * - With a status other than )" +
         upper + R"(OK, and where `error` is not null, *error is an error object with the words, or null
 *   (out of memory). Free it with )" +
         prefix + R"(error_free.
 * - Text is a pointer and a size in bytes, UTF-8, and need not end with a 0. A null pointer with size 0 is an empty
 *   text. Text that is given back has a 0 after its last byte.
 * - What is passed in is read until the function returns, never kept, never freed. What is given back belongs to the
 *   caller, who frees it with the function of its type, once.
 * - An optional argument is a pointer; null means that there is none. A size is a count of items.
 * - An object is a handle. )" +
         prefix + R"(…_free ends it, also after it was used up; null is allowed there, nowhere else.
 *   A function whose documentation says that it uses an object up leaves an empty handle: )" +
         upper + R"(CLOSED from then on.
 * - A handle is used by one thread at a time.
 * - A callback returns )" +
         upper + R"(OK, or another status: then what it was to give is taken as empty, or the function that
 *   called it fails, where it can; )" +
         prefix + R"(callback_failed, called before, gives it words. The callback owns the handles
 *   that it gets, and nothing else; what it gives in `out` must be allocated with )" +
         prefix + R"(allocate.
 *   `…_release`, if not null, is called once with the context when the callback is no longer needed, on any thread.
)";
}

}  // namespace detail

inline std::string emit_c_header(const Model& model) {
  const CNames names(model);
  const std::string& p = names.prefix();
  const std::string upper = upper_case(p);
  const std::string guard = upper_case(model.name) + "_H";
  std::string out = "/* " + model.name + ": " + model.doc +
                    "\n *\n * Generated by superffi from the surface; not to be edited.\n *" +
                    detail::c_conventions(p, upper) + " */\n#ifndef " + guard + "\n#define " + guard +
                    "\n\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n"
                    "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n#ifndef " +
                    upper + "API\n#define " + upper + "API\n#endif\n\n";
  out += "/* The shape of the surface that this header was written from. A library whose " + p +
         "surface_checksum() differs is of\n   another version: do not use it with this header. */\n#define " + upper +
         "SURFACE_CHECKSUM UINT64_C(" + detail::hex(model.checksum) + ")\n" + upper + "API uint64_t " + p +
         "surface_checksum(void);\n\n";
  out += "typedef int32_t " + p + "status;\nenum {\n  " + upper + "OK = 0,\n  " + upper +
         "FAILED = 1,            /* as the function documents; the error has the problems */\n  " + upper +
         "CLOSED = 2,            /* a null handle, or an object that was used up */\n  " + upper +
         "INVALID_ARGUMENT = 3,  /* a null pointer, or no value of an enumeration */\n  " + upper +
         "EXCEPTION = 4,         /* a C++ exception reached the edge */\n  " + upper + "OUT_OF_MEMORY = 5\n};\n\n";
  out += "typedef struct " + p + "text { const char *data; size_t size; } " + p + "text;\n";
  out += "typedef struct " + p + "bytes { const uint8_t *data; size_t size; } " + p + "bytes;\n";
  out += "typedef struct " + p + "date { int32_t year; uint8_t month; uint8_t day; } " + p + "date;\n";
  out += "/* A duration, or the time since 1970-01-01T00:00:00Z; nanoseconds from 0 to 999999999. */\n";
  out += "typedef struct " + p + "time { int64_t seconds; int32_t nanoseconds; } " + p + "time;\n\n";
  out += "/* A value of any shape. */\nenum { " + upper + "TREE_NULL, " + upper + "TREE_BOOL, " + upper +
         "TREE_INT64, " + upper + "TREE_UINT64, " + upper + "TREE_DOUBLE, " + upper + "TREE_TEXT, " + upper +
         "TREE_LIST, " + upper + "TREE_MAP };\n";
  out += "typedef struct " + p +
         "tree {\n  int32_t kind;\n  size_t size; /* of text, list, map */\n  union {\n    bool boolean;\n"
         "    int64_t int64;\n    uint64_t uint64;\n    double number;\n    const char *text;\n    struct " +
         p + "tree *items;\n    struct " + p + "tree_entry *entries;\n  } as;\n} " + p + "tree;\ntypedef struct " + p +
         "tree_entry { " + p + "text key; " + p + "tree value; } " + p + "tree_entry;\n\n";

  out += "typedef struct " + p + "error " + p + "error;\n";
  for (const ClassModel& item : model.classes)
    out += "/* " + item.doc + (item.numbered ? " A number; one that is not alive is refused, 0 is none." : "") +
           " */\ntypedef " + (item.numbered ? std::string("uint64_t") : "struct " + p + snake_case(item.name)) + " " +
           p + snake_case(item.name) + ";\n";
  out += '\n';
  for (const EnumerationModel& item : model.enumerations) {
    const std::string name = snake_case(item.name);
    out += "/* " + item.doc + " */\ntypedef int32_t " + p + name + ";\nenum {\n";
    for (const EnumeratorModel& value : item.values)
      out += "  " + upper + upper_case(name) + "_" + upper_case(value.name) + " = " + std::to_string(value.value) +
             ", /* " + value.doc + " */\n";
    out += "};\n\n";
  }
  for (const TypeModel& type : detail::c_types(model)) {
    const std::string name = p + names.suffix(type);
    if (type.kind == Kind::record) {
      for (const RecordModel& record : model.records) {
        if (record.name != type.name) continue;
        out += "/* " + record.doc + " */\ntypedef struct " + name + " {\n";
        for (const FieldModel& field : record.fields)
          out += "  " + CNames::Parameter{names.type(field.type), spell_name(Language::c, field.name)}.declared() +
                 "; /* " + field.doc + " */\n";
        out += "} " + name + ";\n";
      }
    } else if (type.kind == Kind::optional) {
      out += "typedef struct " + name + " { bool present; " + names.type(type.of[0]) + " value; } " + name + ";\n";
    } else if (type.kind == Kind::list) {
      out += "typedef struct " + name + " { " + CNames::Parameter{names.type(type.of[0]) + " *", "items"}.declared() +
             "; size_t size; } " + name + ";\n";
    } else if (type.kind == Kind::map) {
      const std::string entry = p + "entry_" + names.suffix(type.of[0]);
      out += "typedef struct " + entry + " { " + p + "text key; " +
             CNames::Parameter{names.type(type.of[0]), "value"}.declared() + "; } " + entry + ";\ntypedef struct " +
             name + " { " + entry + " *entries; size_t size; } " + name + ";\n";
    } else if (type.kind == Kind::callback) {
      out += "typedef " + p + "status (*" + name + ")(void *context";
      for (std::size_t i = 1; i < type.of.size(); ++i)
        for (const auto& parameter : names.parameters(type.of[i], std::string(1, static_cast<char>('a' + i - 1))))
          out += ", " + parameter.declared();
      if (type.of[0].kind != Kind::nothing)
        out += ", " + CNames::Parameter{names.type(type.of[0]) + " *", "out"}.declared();
      out += ");\n";
    }
  }
  out += "\n/* Memory for what a callback gives. */\n" + upper + "API void *" + p + "allocate(size_t size);\n";
  out += "/* Says why the callback that is about to return another status than " + upper + "OK fails. */\n" + upper +
         "API void " + p + "callback_failed(const char *message, size_t message_size);\n\n";
  out += "/* The words of an error, ending with a 0; they live as long as it. */\n" + upper + "API const char *" + p +
         "error_message(const " + p + "error *error);\n" + upper + "API " + p + "status " + p + "error_status(const " +
         p + "error *error);\n" + upper + "API void " + p + "error_free(" + p + "error *error);\n";
  for (const ErrorModel& error : model.errors) {
    const std::string name = p + snake_case(error.name);
    out += "/* " + error.doc + " How many problems it has, and each; null beyond, or where it is another error. */\n" +
           upper + "API size_t " + name + "_count(const " + p + "error *error);\n" + upper + "API const " + p +
           snake_case(error.problem) + " *" + name + "_at(const " + p + "error *error, size_t i);\n";
  }
  out += "\n/* Frees what a function gave. */\n";
  for (const auto& [name, type] : detail::owned_results(model, ""))
    out += upper + "API void " + p + name + "_free(" + p + name + " *value);\n";
  for (const ClassModel& item : model.classes)
    out += upper + "API void " + p + snake_case(item.name) + "_free(" + p + snake_case(item.name) +
           (item.numbered ? " self);\n" : " *self);\n");
  const ClassModel* last = nullptr;
  detail::for_each_call(model, Language::c, [&](const ClassModel* owner, const CallModel& call) {
    if (owner != last) out += owner == nullptr ? "\n" : "\n/* ---- " + owner->name + ": " + owner->doc + " ---- */\n";
    last = owner;
    out += "\n/* " + call.doc;
    if (call.consumes && call.doc.find("used up") == std::string::npos) out += " The receiver is used up.";
    for (const ArgModel& arg : call.args)
      if (arg.type.pass == Pass::consumed && call.doc.find("used up") == std::string::npos)
        out += " `" + arg.name + "` is used up.";
    for (const ArgModel& arg : call.args)
      if (arg.has_default()) out += " Where it can be left out, `" + arg.name + "` is " + javascript_default(arg) + ".";
    out += " */\n" + upper + "API " + names.prototype(owner, call) + ";\n";
  });
  out += "\n#ifdef __cplusplus\n}\n#endif\n#endif\n";
  return out;
}

/// The linker's version script of a shared library: it exports the C functions, with a version, and nothing else.
inline std::string emit_c_exports(const Model& model) {
  return "/* Generated by superffi from the surface; not to be edited. */\n" + upper_case(model.name) +
         "_0 {\n  global: " + model.prefix + "_*;\n  local: *;\n};\n";
}

/// The file that defines what the header declares. Compiled for the C library, and for WebAssembly, where it also has
/// what JavaScript needs to be called back.
inline std::string emit_c_source(const Model& model, const CSource& source) {
  const CNames names(model);
  const std::string& p = names.prefix();
  const std::string upper = upper_case(p);
  const std::string& s = source.surface;
  std::string out =
      "// Generated by superffi from the surface; not to be edited. Defines what " + source.header + " declares.\n";
  out +=
      "#if defined(__wasm__)\n#define EXPORT(name) __attribute__((export_name(#name)))\n#else\n#define EXPORT(name) "
      "__attribute__((visibility(\"default\")))\n#endif\n\n";
  out += "#include \"" + source.header + "\"\n#include \"superffi/c.hpp\"\n#include \"" + source.include + "\"\n\n";
  out += "static_assert(superffi::checksum<" + s + ">() == " + upper +
         "SURFACE_CHECKSUM, \"this file was written from another surface: run the emitter again\");\n\n";
  // The layouts of the header are those that the templates use.
  for (const TypeModel& type : detail::c_types(model)) {
    if (type.kind != Kind::record) continue;
    std::size_t index = 0;
    for (const RecordModel& record : model.records) {
      if (record.name == type.name) break;
      ++index;
    }
    const RecordModel& record = model.records[index];
    const std::string name = p + snake_case(record.name);
    const std::string layout = "superffi::c::record_layout<" + s + ", " + std::to_string(record.item) + ">::";
    out += "static_assert(sizeof(" + name + ") == " + layout + "size);\n";
    for (std::size_t i = 0; i < record.fields.size(); ++i)
      out += "static_assert(offsetof(" + name + ", " + spell_name(Language::c, record.fields[i].name) +
             ") == " + layout + "offsets[" + std::to_string(i) + "]);\n";
  }
  out += "static_assert(sizeof(" + p + "tree) == sizeof(superffi::c::detail::TreeNode) && offsetof(" + p +
         "tree, as) == offsetof(superffi::c::detail::TreeNode, items));\n";
  out += "static_assert(sizeof(" + p + "text) == sizeof(superffi::c::detail::Slice) && sizeof(" + p +
         "time) == sizeof(superffi::c::detail::Time) && sizeof(" + p +
         "date) == sizeof(superffi::c::detail::Date));\n\n";

  out += "extern \"C\" {\n\n";
  const auto define = [&](const std::string& result, const std::string& name, const std::string& parameters,
                          const std::string& body) {
    out += "EXPORT(" + name + ") " + result + (result.back() == '*' ? "" : " ") + name + "(" + parameters + ") { " +
           body + " }\n";
  };
  define("uint64_t", p + "surface_checksum", "void", "return superffi::checksum<" + s + ">();");
  define("void *", p + "allocate", "size_t size", "return std::malloc(size == 0 ? 1 : size);");
  define("void", p + "callback_failed", "const char *message, size_t message_size",
         "superffi::c::say_callback_failed(message, message_size);");
  const std::string error = "reinterpret_cast<const superffi::c::Failure *>(error)";
  define("const char *", p + "error_message", "const " + p + "error *error", "return " + error + "->message.c_str();");
  define(p + "status", p + "error_status", "const " + p + "error *error", "return " + error + "->status;");
  define("void", p + "error_free", p + "error *error", "superffi::c::drop_failure(error);");
  for (const ErrorModel& item : model.errors) {
    const std::string name = p + snake_case(item.name);
    const std::string problem = p + snake_case(item.problem);
    define("size_t", name + "_count", "const " + p + "error *error",
           "return superffi::c::failure_count(error, " + std::to_string(item.item) + ");");
    define("const " + problem + " *", name + "_at", "const " + p + "error *error, size_t i",
           "return static_cast<const " + problem + " *>(superffi::c::failure_problem(error, " +
               std::to_string(item.item) + ", i));");
  }
  for (const auto& [name, type] : detail::owned_results(model, s))
    define("void", p + name + "_free", p + name + " *value",
           "superffi::c::drop_value<" + s + ", " + type + ">(value);");
  for (const ClassModel& item : model.classes)
    define("void", p + snake_case(item.name) + "_free",
           p + snake_case(item.name) + (item.numbered ? " self" : " *self"),
           "superffi::c::drop_handle<" + s + ", " + std::to_string(item.item) + ">(self);");
  out += '\n';
  detail::for_each_call(model, Language::c, [&](const ClassModel* owner, const CallModel& call) {
    out += "EXPORT(" + names.function(owner, call) + ") " + names.prototype(owner, call) + " {\n  return superffi::c::";
    out += owner == nullptr            ? "call_function<"
           : call.role == Role::getter ? "get_property<"
           : call.role == Role::setter ? "set_property<"
                                       : "call_member<";
    out += s + ", " + std::to_string(owner == nullptr ? call.member : owner->item);
    if (owner != nullptr) out += ", " + std::to_string(call.member);
    out += ">(";
    bool first = true;
    for (const auto& parameter : names.parameters(owner, call)) {
      if (!first) out += ", ";
      first = false;
      // The release of a callback has its name within its type.
      std::string name = parameter.name;
      if (name.empty()) {
        const std::size_t begin = parameter.type.find("(*") + 2;
        name = parameter.type.substr(begin, parameter.type.find(')') - begin);
      }
      out += name;
    }
    out += ");\n}\n";
  });

  std::string wasm;
  for (const TypeModel& type : detail::c_types(model)) {
    if (type.kind != Kind::callback) continue;
    // JavaScript is one function a signature, told which by the context.
    const std::string name = p + names.suffix(type);
    std::string parameters = "void *context";
    std::string arguments = "context";
    for (std::size_t i = 1; i < type.of.size(); ++i)
      for (const auto& parameter : names.parameters(type.of[i], std::string(1, static_cast<char>('a' + i - 1)))) {
        parameters += ", " + parameter.declared();
        arguments += ", " + parameter.name;
      }
    if (type.of[0].kind != Kind::nothing) {
      parameters += ", " + CNames::Parameter{names.type(type.of[0]) + " *", "out"}.declared();
      arguments += ", out";
    }
    wasm += "__attribute__((import_module(\"" + model.name + "\"), import_name(\"" + name + "\"))) " + p + "status " +
            name + "_import(" + parameters + ");\n";
    wasm += "static " + p + "status " + name + "_call(" + parameters + ") { return " + name + "_import(" + arguments +
            "); }\n";
    wasm += "EXPORT(" + name + "_pointer) void *" + name + "_pointer(void) { return reinterpret_cast<void *>(&" + name +
            "_call); }\n";
  }
  out += "\n#if defined(__wasm__)\nEXPORT(" + p + "deallocate) void " + p +
         "deallocate(void *memory) { std::free(memory); }\n";
  if (!wasm.empty()) {
    out += "__attribute__((import_module(\"" + model.name + "\"), import_name(\"" + p + "release\"))) void " + p +
           "release_import(void *context);\nstatic void " + p + "release_call(void *context) { " + p +
           "release_import(context); }\nEXPORT(" + p + "release_pointer) void *" + p +
           "release_pointer(void) { return reinterpret_cast<void *>(&" + p + "release_call); }\n" + wasm;
  }
  out += "#endif\n\n}  // extern \"C\"\n";
  return out;
}

}  // namespace superffi
