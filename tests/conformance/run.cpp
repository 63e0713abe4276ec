#include "run.hpp"

#include <exception>
#include <string>

#include "blame.hpp"
#include "layers.hpp"
#include "queries.hpp"
#include "scratch.hpp"
#include "types.hpp"

namespace superconfig::conformance {
namespace {

// What is read: the tree of the selected profile, or what `extract` asks for.
Result<Value> read(const Value& body, const SuperConfig& config) {
  const auto* extract = given(body, "extract");
  if (!extract) return config.try_value();
  const auto* at = given(*extract, "at");
  ExtractOptions options;
  options.lossy = flag_at(*extract, "lossy");
  options.deny_unknown = flag_at(*extract, "deny_unknown");
  return lasting_type(needed(*extract, "type")).extract(config, at ? text_of(*at) : "", options);
}

void compare_result(const Value& body, const Built& built, Mismatches& mismatches) {
  const auto& expected = needed(body, "expect");
  const auto result = read(body, built.config);
  const auto* error = given(expected, "error");
  const auto* errors = given(expected, "errors");
  const auto* value = member(expected, "value");
  if (!error && !errors && !value) throw BadCase("`expect` has no value and no error");
  if (result) {
    if (!value) {
      mismatches.push_back({"value", "error " + (error ? error : errors)->to_string(), result->to_string()});
      return;
    }
    compare_values("value", *value, *result, mismatches);
    if (const auto* kinds = given(body, "expect_kinds")) compare_kinds(*kinds, *result, mismatches);
    return;
  }
  if (value) mismatches.push_back({"value", value->to_string(), result.errors().to_string()});
  if (error) compare_error("error", *error, result.errors(), built.numbers, Blame::full, mismatches);
  if (errors)
    for (const auto& one : errors->items())
      compare_error("errors", one.value, result.errors(), built.numbers, Blame::full, mismatches);
}

void compare_profiles(const Value& body, const SuperConfig& config, Mismatches& mismatches) {
  const auto* expected = given(body, "expect");
  const bool fails = expected && !member(*expected, "value");
  if (const auto* names = given(body, "expect_profiles"); names && !fails) {
    if (const auto found = config.try_profiles())
      compare_names("profiles", texts_of(*names), *found, mismatches);
    else
      mismatches.push_back({"profiles", names->to_string(), found.errors().to_string()});
  }
  if (const auto* name = given(body, "expect_selected"); name && text_of(*name) != config.profile())
    mismatches.push_back({"selected profile", text_of(*name), config.profile()});
}

// What was read once stays as it is, whatever is built on it.
void compare_steps(const Built& built, Mismatches& mismatches) {
  for (std::size_t i = 0; i < built.steps.size(); ++i) {
    const auto& step = built.steps[i];
    if (auto now = reading_of(step.config); now != step.text)
      mismatches.push_back({"step " + std::to_string(i) + ", after it was built upon", step.text, std::move(now)});
  }
}

void compare_all(const Value& body, Pace pace, Mismatches& mismatches) {
  const auto built = build(body, pace);
  if (given(body, "expect")) compare_result(body, built, mismatches);
  if (const auto* origins = given(body, "expect_origin")) compare_origins(*origins, built, mismatches);
  compare_profiles(body, built.config, mismatches);
  if (const auto* queries = given(body, "queries"))
    for (const auto& query : queries->items()) compare_query(query.value, built, mismatches);
  compare_steps(built, mismatches);
}

}  // namespace

Mismatches run(const Case& one) {
  Mismatches mismatches;
  try {
    const Scratch scratch(one.body);
    const auto body = plain(one.body, scratch.root());
    compare_all(body, Pace::at_the_end, mismatches);
    if (!mismatches.empty()) return mismatches;
    compare_all(body, Pace::stepwise, mismatches);
    for (auto& mismatch : mismatches) mismatch.where += ", read after every operation";
  } catch (const std::exception& failure) {
    mismatches.push_back({"case", "a run to the end", failure.what()});
  }
  return mismatches;
}

}  // namespace superconfig::conformance
