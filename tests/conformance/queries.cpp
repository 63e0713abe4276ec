#include "queries.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "blame.hpp"
#include "case.hpp"
#include "formats/formats.hpp"

namespace superconfig::conformance {
namespace {

Value strings(const std::vector<std::string>& texts) {
  auto array = Value::array();
  for (const auto& text : texts) array.push_back(text);
  return array;
}

template <class T>
Result<Value> got(Result<T> result) {
  if (!result) return result.errors();
  return to_value(*result);
}

// A value that is not there is `missing_field`, as it is for `get`.
Result<Value> find_value(const SuperConfig& config, const std::string& path) {
  auto found = config.try_find_value(path);
  if (!found) return found.errors();
  if (!*found) return config.try_get<Value>(path);
  return **found;
}

// The paths that warnings are about, each once.
Result<Value> warned_paths(const SuperConfig& config, const std::string&) {
  std::set<std::string> paths;
  for (const auto& warning : config.warnings()) paths.insert(dotted(warning.path));
  return strings({paths.begin(), paths.end()});
}

enum class As : std::uint8_t { value, names, text };

struct Call {
  std::string_view name;
  As as;
  Result<Value> (*run)(const SuperConfig&, const std::string& arg);
  Format format = Format::json;  // of text
};

using Config = SuperConfig;
using Arg = std::string;

constexpr std::array calls{
    Call{"contains", As::value, [](const Config& c, const Arg& a) { return got(c.try_contains(a)); }},
    Call{"has_key", As::value, [](const Config& c, const Arg& a) { return got(c.try_contains(a)); }},
    Call{"find_value", As::value, find_value},
    Call{"get_string", As::value, [](const Config& c, const Arg& a) { return got(c.try_get<std::string>(a)); }},
    Call{"get_array_string", As::value,
         [](const Config& c, const Arg& a) { return got(c.try_get<std::vector<std::string>>(a)); }},
    Call{"get_array_i64", As::value,
         [](const Config& c, const Arg& a) { return got(c.try_get<std::vector<std::int64_t>>(a)); }},
    Call{"keys", As::names, [](const Config& c, const Arg& a) { return got(c.try_keys(a)); }},
    Call{"profiles", As::names, [](const Config& c, const Arg&) { return got(c.try_profiles()); }},
    Call{"warnings", As::names, warned_paths},
    Call{"as_json", As::text, [](const Config& c, const Arg&) { return got(c.try_as_json()); }, Format::json},
    Call{"as_toml", As::text, [](const Config& c, const Arg&) { return got(c.try_as_toml()); }, Format::toml},
    Call{"as_yaml", As::text, [](const Config& c, const Arg&) { return got(c.try_as_yaml()); }, Format::yaml},
};

Value parsed(Format format, const Value& text) {
  auto tree = parse(format, Source::text("text", text_of(text)));
  if (!tree) throw BadCase(tree.errors().to_string());
  return *std::move(tree);
}

void compare_answer(const Call& call, const std::string& where, const Value& expected, const Value& found,
                    Mismatches& mismatches) {
  switch (call.as) {
    case As::names: return compare_names(where, texts_of(expected), texts_of(found), mismatches);
    case As::value: return compare_values(where, expected, found, mismatches);
    case As::text: return compare_values(where, parsed(call.format, expected), parsed(call.format, found), mismatches);
  }
}

}  // namespace

void compare_query(const Value& query, const Built& built, Mismatches& mismatches) {
  const auto name = text_at(query, "call");
  const auto* arg = given(query, "arg");
  const auto call = std::find_if(calls.begin(), calls.end(), [&](const Call& c) { return c.name == name; });
  if (call == calls.end()) throw NotYet(name);

  const auto where = name + "(" + (arg ? arg->to_string() : "") + ")";
  const auto answer = call->run(built.config, arg ? text_of(*arg) : "");
  const auto& expected = needed(query, "expect");
  const auto* error = given(expected, "error");
  if (!answer && error) {
    const auto blame = call->as == As::text ? Blame::text : Blame::query;
    compare_error(where, *error, answer.errors(), built.numbers, blame, mismatches);
  } else if (answer && !error) {
    compare_answer(*call, where, needed(expected, "value"), *answer, mismatches);
  } else {
    mismatches.push_back({where, (error ? "error " : "") + (error ? *error : needed(expected, "value")).to_string(),
                          answer ? answer->to_string() : answer.errors().to_string()});
  }
}

}  // namespace superconfig::conformance
