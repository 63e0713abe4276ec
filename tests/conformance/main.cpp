// conformance DIRECTORY [--not-yet FILE] [--filter TEXT] [--verbose]
//
// Runs every case of the directory's `*.json`, prints those that fail with what was expected and what was found, then
// one line `MODE: N passed, N failed`. Exit status 1 if a case fails. With --not-yet: if a case fails that the file
// does not name, or one passes that it does. README.md describes the format of the cases.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "case.hpp"
#include "run.hpp"
#include "superconfig/mode.hpp"

namespace superconfig::conformance {
namespace {

struct Options {
  std::string directory;
  std::optional<std::string> not_yet;
  std::string filter;
  bool verbose = false;
};

constexpr std::string_view usage = "usage: conformance DIRECTORY [--not-yet FILE] [--filter TEXT] [--verbose]\n";

struct Misuse {};

Options parse(int argc, char** argv) {
  Options options;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto& argument = arguments[i];
    const auto value = [&] {
      if (++i == arguments.size()) throw Misuse{};
      return arguments[i];
    };
    if (argument == "--not-yet")
      options.not_yet = value();
    else if (argument == "--filter")
      options.filter = value();
    else if (argument == "--verbose")
      options.verbose = true;
    else if (argument.starts_with("--") || !options.directory.empty())
      throw Misuse{};
    else
      options.directory = argument;
  }
  if (options.directory.empty()) throw Misuse{};
  return options;
}

// A name a line; lines that are empty or begin with `# ` are none.
std::set<std::string> names_in(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw BadCase("cannot read " + path);
  std::set<std::string> names;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && !line.starts_with("# ")) names.insert(line);
  return names;
}

// Every line after the first moved in below the first.
std::string hanging(const std::string& text) {
  std::string moved;
  for (const char c : text) moved += c == '\n' ? "\n               " : std::string(1, c);
  return moved;
}

void print_failure(const Case& one, const Mismatches& mismatches, bool verbose) {
  constexpr std::size_t most = 5;
  std::cout << "FAILED " << one.name << (one.why.empty() ? "" : "  (" + one.why + ")") << "\n";
  if (verbose) std::cout << "  case       " << one.body.to_string() << "\n";
  for (std::size_t i = 0; i < mismatches.size() && (verbose || i < most); ++i)
    std::cout << "  " << mismatches[i].where << "\n    expected   " << hanging(mismatches[i].expected)
              << "\n    found      " << hanging(mismatches[i].found) << "\n";
  if (!verbose && mismatches.size() > most) std::cout << "  and " << mismatches.size() - most << " more\n";
}

struct Tally {
  std::set<std::string> passed, failed;
};

Tally run_all(const Options& options, const std::set<std::string>& expected_to_fail) {
  Tally tally;
  for (const auto& one : read_cases(options.directory)) {
    if (one.name.find(options.filter) == std::string::npos) continue;
    if (!tally.passed.insert(one.name).second || tally.failed.contains(one.name))
      throw BadCase("two cases have the name " + one.name);
    const auto mismatches = run(one);
    if (mismatches.empty()) {
      if (options.verbose) std::cout << "passed " << one.name << "\n";
      continue;
    }
    tally.passed.erase(one.name);
    tally.failed.insert(one.name);
    if (options.verbose || !expected_to_fail.contains(one.name)) print_failure(one, mismatches, options.verbose);
  }
  return tally;
}

bool print_list(std::string_view title, const std::set<std::string>& names) {
  if (names.empty()) return false;
  std::cout << title << "\n";
  for (const auto& name : names) std::cout << "  " << name << "\n";
  return true;
}

std::set<std::string> without(const std::set<std::string>& names, const std::set<std::string>& taken) {
  std::set<std::string> rest;
  std::set_difference(names.begin(), names.end(), taken.begin(), taken.end(), std::inserter(rest, rest.end()));
  return rest;
}

std::set<std::string> in_both(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::set<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
  return both;
}

int run_main(const Options& options) {
  const auto listed = options.not_yet ? names_in(*options.not_yet) : std::set<std::string>();
  const auto [passed, failed] = run_all(options, listed);

  bool wrong = !options.not_yet && !failed.empty();
  if (options.not_yet) {
    const auto& file = *options.not_yet;
    wrong |= print_list("failed, but not listed in " + file + ":", without(failed, listed));
    wrong |= print_list("passed, but listed in " + file + ":", in_both(passed, listed));
    if (options.filter.empty())
      wrong |= print_list("listed in " + file + ", but no case:", without(without(listed, passed), failed));
  }
  std::cout << superconfig::name_of(superconfig::mode()) << ": " << passed.size() << " passed, " << failed.size()
            << " failed\n";
  return wrong ? 1 : 0;
}

}  // namespace
}  // namespace superconfig::conformance

int main(int argc, char** argv) {
  using namespace superconfig::conformance;
  try {
    return run_main(parse(argc, argv));
  } catch (const Misuse&) {
    std::cerr << usage;
    return 64;
  } catch (const std::exception& failure) {
    std::cerr << "conformance: " << failure.what() << "\n";
    return 2;
  }
}
