#include "load/load.hpp"

#include <optional>

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double small_times_parsers = 1.6;
constexpr double toml_times_parser = 1.5;

void check_nested(const std::string& file, const Text& text) {
  const auto nested = load_nested(file);
  for (const auto& number : text.numbers) {
    if (number.levels != 2) continue;
    const auto dot = number.path.find('.');
    const auto found = nested.at(number.path.substr(0, dot)).at(number.path.substr(dot + 1)).as_i64();
    check_equal(static_cast<std::uint64_t>(found.value_or(-1)), static_cast<std::uint64_t>(number.value), number.path);
  }
}

Workload load_generated(const Files& files, Size size) {
  const auto& text = files.text(size);
  check_nested(files.toml(size), text);
  check_nested(files.json(size), text);
  const std::vector<Task> tasks{load_untyped(files.toml(size)),   load_resolved(files.toml(size)),
                                parse_by_tomlplusplus(text.toml), read_files({files.toml(size)}),
                                load_untyped(files.json(size)),   load_resolved(files.json(size)),
                                parse_by_simdjson(text.json),     read_files({files.json(size)})};
  for (const std::size_t i : {1U, 2U, 4U, 5U, 6U}) check_equal(tasks[i].run(1), tasks[0].run(1), tasks[i].name);

  const auto finish = [size, &text, names = names_of(tasks)](const std::vector<double>& times, Report& report) {
    const auto row = [&](const std::string& what, std::size_t at, std::optional<std::size_t> beside = {}) {
      Row made{.size = name_of(size), .what = what + names[at], .figure = times[at]};
      if (beside) made.control = {names[*beside], times[*beside]};
      return made;
    };
    const auto kilobytes = [](const std::string& bytes) { return std::to_string(bytes.size() / 1000) + " kB "; };
    const auto toml = kilobytes(text.toml) + "TOML, ";
    const auto json = kilobytes(text.json) + "JSON, ";
    auto gated = row(toml, 0, 2);
    gated.at_most_controls = toml_times_parser;
    report.add(gated);
    report.add(row(toml, 1, 2));
    report.add(row(toml, 3));
    report.add(row(json, 4, 6));
    report.add(row(json, 5, 6));
    report.add(row(json, 7));
  };
  return {.tasks = tasks, .finish = finish};
}

}  // namespace

Workload load_small(const Files& files) {
  const auto toml = files.toml(Size::small);
  const auto json = files.json(Size::small);
  const auto& text = files.text(Size::small);
  check_equal(load_settings(toml, json) == small_settings(), 1, "the small configuration");
  const auto bytes = read_files({toml, json});
  const auto by_tomlplusplus = parse_by_tomlplusplus(text.toml);
  const auto by_simdjson = parse_by_simdjson(text.json);
  const auto parsers_alone = [=](std::size_t n) { return bytes.run(n) + by_tomlplusplus.run(n) + by_simdjson.run(n); };
  const Task parsers{"the bytes and the parsers alone", parsers_alone};
  const std::vector<Task> tasks{load_typed(toml, json),
                                load_typed_over_defaults(toml, json),
                                load_resolved(toml),
                                parsers,
                                bytes,
                                by_tomlplusplus,
                                by_simdjson};
  check_equal(by_tomlplusplus.run(1), 6, by_tomlplusplus.name);
  check_equal(by_simdjson.run(1), 3, by_simdjson.name);

  const auto finish = [names = names_of(tasks)](const std::vector<double>& times, Report& report) {
    const Control control{names[3], times[3]};
    report.add({.size = "small",
                .what = "TOML, JSON, 5 variables: " + names[0],
                .figure = times[0],
                .control = control,
                .at_most_controls = small_times_parsers});
    report.add({.size = "small", .what = "over with_defaults: " + names[0], .figure = times[1], .control = control});
    report.add({.size = "small", .what = "TOML: value()", .figure = times[2], .control = Control{names[5], times[5]}});
    report.add({.size = "small", .what = names[4], .figure = times[4]});
    report.add({.size = "small", .what = names[6], .figure = times[6]});
  };
  return {.tasks = tasks, .finish = finish};
}

Workload load_medium(const Files& files) { return load_generated(files, Size::medium); }
Workload load_large(const Files& files) { return load_generated(files, Size::large); }

}  // namespace bench
