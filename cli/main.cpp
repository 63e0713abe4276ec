// The command `superconfig`: reads the command line and leaves the work to commands.cpp.
//
// Layers are added in the order in which their options are given, wherever these stand. All of CLI11 is in this
// file since it takes long to compile.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "commands.hpp"
#include "help.hpp"
#include "library.hpp"
#include "stack.hpp"
#include "superconfig/version.hpp"
#include "terminal.hpp"

namespace superconfig::cli {
namespace {

template <class T>
T chosen(const std::string& option, const std::string& word, const std::map<std::string, T>& choices) {
  if (const auto found = choices.find(word); found != choices.end()) return found->second;
  std::string known;
  for (const auto& [name, value] : choices) known += (known.empty() ? "" : ", ") + name;
  throw CLI::ValidationError(option + " is one of " + known + ", not \"" + word + "\"", 0);
}

const std::map<std::string, Format> formats{{"json", Format::json}, {"toml", Format::toml}, {"yaml", Format::yaml}};
const std::map<std::string, Format> input_formats{
    {"json", Format::json}, {"jsonc", Format::jsonc}, {"toml", Format::toml}, {"yaml", Format::yaml}};
const std::map<std::string, Order> orders{
    {"adjoin", Order::adjoin}, {"admerge", Order::admerge}, {"join", Order::join}, {"merge", Order::merge}};

using Words = std::vector<std::string>;

class CommandLine {
 public:
  CommandLine() {
    app_.set_version_flag("--version", "superconfig " SUPERCONFIG_VERSION);
    app_.set_help_flag("-h,--help");
    app_.allow_extras(false);

    option(app_, "--file", [this](const std::string& path) { stack_.add_file(path, false); });
    option(app_, "--file-opt", [this](const std::string& path) {
      if (!path.empty()) stack_.add_file(path, true);
    });
    option(app_, "--defaults", [this](const std::string& path) { stack_.add_defaults(path); });
    option(app_, "--app", [this](const std::string& name) { stack_.add_app(name); });
    option(app_, "--glob", [this](const std::string& pattern) { stack_.add_glob(pattern); });
    option(app_, "--env", [this](const std::string& prefix) { stack_.add_variables(prefix); });
    option(app_, "--set", [this](const std::string& setting) { stack_.add_setting(setting); });
    option(app_, "--profile", [this](const std::string& name) { stack_.profile = name; });
    option(app_, "--order", [this](const std::string& word) { stack_.order = chosen("--order", word, orders); });
    flag(app_, "--nested", [this](bool on) { stack_.nested = on; });
    flag(app_, "--no-array-edits", [this](bool on) { stack_.array_edits = !on; });
    flag(app_, "--strict", [this](bool on) { stack_.strict = on; });
    flag(app_, "--json", [this](bool on) { options_.json = on; });

    const auto with_format = [this](CLI::App& command) {
      option(command, "--format",
             [this](const std::string& word) { options_.format = chosen("--format", word, formats); });
    };
    const auto with_reveal = [this](CLI::App& command) { command.add_flag("--reveal", options_.reveal); };
    const auto with_path = [this](CLI::App& command) { return command.add_option("PATH", options_.path); };

    auto& show = subcommand("show");
    with_format(show);
    with_reveal(show);
    show.add_flag("--origins", options_.origins);

    auto& get = subcommand("get");
    with_format(get);
    with_path(get)->required();

    auto& keys = subcommand("keys");
    keys.add_flag("--all", options_.all);
    with_path(keys);

    auto& explain = subcommand("explain");
    with_reveal(explain);
    with_path(explain)->required();

    with_reveal(subcommand("check"));

    auto& diff = subcommand("diff");
    with_reveal(diff);
    diff.add_option("FILES", files_);

    auto& env = subcommand("env");
    with_reveal(env);
    env.add_option("PREFIX", word_)->required();

    auto& convert = subcommand("convert");
    option(convert, "--from", [this](const std::string& word) { from_ = chosen("--from", word, input_formats); });
    option(convert, "--to", [this](const std::string& word) { to_ = chosen("--to", word, formats); });
    convert.add_option("FILE", file_);

    subcommand("completion").add_option("SHELL", word_)->required();
  }

  Outcome run(Words words) {
    // `diff` takes two stacks with `--` between them: the second is a command line of its own.
    const auto separator = std::ranges::find(words, "--");
    std::optional<Words> second;
    if (separator != words.end() && std::ranges::find(words.begin(), separator, "diff") != separator) {
      second = Words{"diff"};
      second->insert(second->end(), separator + 1, words.end());
      words.erase(separator, words.end());
    }
    options_.json = std::ranges::find(words, "--json") != words.end();  // also if they cannot be parsed
    if (auto outcome = parsed(words)) return std::move(*outcome);
    if (command() == "diff") return compared(second);
    return answered();
  }

 private:
  // What there is to say at once instead of doing the work.
  std::optional<Outcome> parsed(const Words& words) {
    try {
      app_.parse(arguments(words));
    } catch (const CLI::CallForHelp&) {
      return Outcome{std::string(help_of(command()))};
    } catch (const CLI::CallForVersion& version) {
      return Outcome{std::string(version.what()) + "\n"};
    } catch (const CLI::ExtrasError&) {
      return unusable(unexpected());
    } catch (const CLI::ArgumentMismatch& problem) {
      const std::string what = problem.what();  // "--file: 1 required …"
      return unusable(what.substr(0, what.find(':')) + " needs a value");
    } catch (const CLI::RequiredError& problem) {
      const std::string what = problem.what();  // "PATH is required"
      return unusable(command() + " needs a " + what.substr(0, what.find(' ')));
    } catch (const CLI::ParseError& problem) {
      return unusable(problem.what());
    }
    if (command().empty()) return Outcome{{}, std::string(help_of("")), Status::unusable};
    return {};
  }

  Outcome answered() {
    const auto name = command();
    if (name == "completion") {
      if (auto script = completion(word_)) return {std::move(*script)};
      return unusable("completion is for bash, zsh or fish, not \"" + word_ + '"');
    }
    if (name == "convert") {
      if (!stack_.empty()) return unusable("convert takes one FILE and no layers");
      if (!to_) return unusable("convert needs --to toml, yaml or json");
      return cli::convert(file_, from_, *to_, options_);
    }
    if (name == "env") return variables(stack_.config(&word_), word_, stack_.strict, options_);
    const auto config = stack_.config();
    if (name == "check") return check(config, stack_.strict, options_);
    if (auto refused = refusal(config, stack_.strict)) return std::move(*refused);
    if (name == "show" && options_.origins && options_.format == Format::yaml)
      return unusable("--origins has no yaml form: leave --format out, or say --json");
    if (name == "show") return show(config, options_);
    if (name == "get") return get(config, options_);
    if (name == "keys") return keys(config, options_);
    return explain(config, options_);
  }

  Outcome compared(const std::optional<Words>& words) {
    if (!words) {
      if (files_.size() != 2 || !stack_.empty())
        return unusable("diff takes two FILEs, or the layers of two configurations with -- between them");
      auto right = stack_;
      stack_.add_file(files_[0], false);
      right.add_file(files_[1], false);
      return differences(right);
    }
    CommandLine second;
    if (auto outcome = second.parsed(*words)) return std::move(*outcome);
    if (!files_.empty() || !second.files_.empty())
      return unusable("with -- between them, diff takes the layers of two configurations: --file, --env and so on");
    options_.json |= second.options_.json;
    options_.reveal |= second.options_.reveal;
    return differences(second.stack_);
  }

  Outcome differences(const Stack& other) {
    const auto left = stack_.config();
    const auto right = other.config();
    if (auto refused = refusal(left, stack_.strict)) return std::move(*refused);
    if (auto refused = refusal(right, other.strict)) return std::move(*refused);
    return diff(left, right, options_);
  }

  [[nodiscard]] std::optional<Outcome> refusal(const SuperConfig& config, bool strict) const {
    const auto errors = strict ? unmatched_in(config) : Errors();
    if (errors.empty()) return {};
    return failed(errors, options_);
  }

  CLI::App& subcommand(const std::string& name) {
    auto& command = *app_.add_subcommand(name);
    command.fallthrough();
    command.set_help_flag("-h,--help");
    return command;
  }

  template <class F>
  void flag(CLI::App& command, const std::string& name, F act) {
    command.add_flag_function(name, [act](std::int64_t on) { act(on > 0); })->trigger_on_parse();
  }

  // An option that takes one value and acts on it at once, as often as it is given.
  template <class F>
  void option(CLI::App& command, const std::string& name, F act) {
    valued_.push_back(name);
    command
        .add_option_function<std::string>(name,
                                          [name, act](const std::string& value) {
                                            if (value.starts_with("--"))
                                              throw CLI::ValidationError(
                                                  name + " needs a value, but " + value + " follows", 0);
                                            act(value);
                                          })
        ->trigger_on_parse();
  }

  [[nodiscard]] std::string command() const {
    const auto& parsed = app_.get_subcommands();
    return parsed.empty() ? "" : parsed.front()->get_name();
  }

  [[nodiscard]] std::string unexpected() const {
    const auto argument = app_.remaining(true).front();
    if (argument.starts_with('-')) return "there is no option " + argument;
    if (!command().empty()) return "unexpected argument " + argument;
    detail::Nearest nearest(argument);
    for (const auto* command : app_.get_subcommands({})) nearest.consider(command->get_name());
    return "there is no command " + argument +
           (nearest.name().empty() ? "" : " (did you mean `" + std::string(nearest.name()) + "`?)");
  }

  // The arguments in the reversed order that CLI11 wants. `--set=` has an empty value, for CLI11 it would have none.
  [[nodiscard]] Words arguments(const Words& words) const {
    Words all;
    for (std::string argument : words) {
      const bool empty_value = argument.ends_with('=') &&
                               std::ranges::find(valued_, argument.substr(0, argument.size() - 1)) != valued_.end();
      if (empty_value) argument.pop_back();
      all.push_back(std::move(argument));
      if (empty_value) all.emplace_back();
    }
    return {all.rbegin(), all.rend()};
  }

  [[nodiscard]] Outcome unusable(const std::string& message) const {
    if (options_.json) {
      Error error;
      error.message = message;
      return failed(error, options_);
    }
    const auto name = command();
    return {{},
            "error: " + printable(message) + "\nTry `superconfig " + (name.empty() ? "" : name + " ") + "--help`.\n",
            Status::unusable};
  }

  CLI::App app_;
  Stack stack_;
  Options options_;
  std::string file_ = "-";
  std::string word_;
  Words files_;
  std::optional<Format> from_, to_;
  Words valued_;
};

bool write(const std::string& text, std::FILE* stream) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace
}  // namespace superconfig::cli

int main(int argc, char** argv) {
  using namespace superconfig::cli;
  CommandLine line;
  auto outcome = line.run({argv + 1, argv + argc});
  if (!write(outcome.output, stdout)) {
    outcome.errors += "error: cannot write the output: " + std::string(std::strerror(errno)) + "\n";
    outcome.status = Status::unusable;
  }
  write(outcome.errors, stderr);
  return static_cast<int>(outcome.status);
}
