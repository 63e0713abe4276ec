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
#include "superconfig/version.hpp"
#include "terminal.hpp"

namespace superconfig::cli {
namespace {

// What the options seen so far have made.
struct Stack {
  SuperConfig config;
  Order order = Order::merge;
  bool nested = false;

  void add_file(const std::string& path, bool optional) {
    File file(path);
    if (optional) file = file.optional();
    if (nested) file = file.nested();
    config = config.add(order, file);
  }
};

template <class T>
T chosen(const std::string& option, const std::string& word, const std::map<std::string, T>& choices) {
  if (const auto found = choices.find(word); found != choices.end()) return found->second;
  std::string known;
  for (const auto& [name, value] : choices) known += (known.empty() ? "" : ", ") + name;
  throw CLI::ValidationError(option + " is one of " + known + ", not \"" + word + "\"", 0);
}

const std::map<std::string, Format> formats{{"json", Format::json}, {"toml", Format::toml}};
const std::map<std::string, Order> orders{
    {"adjoin", Order::adjoin}, {"admerge", Order::admerge}, {"join", Order::join}, {"merge", Order::merge}};

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
    option(app_, "--env",
           [this](const std::string& prefix) { stack_.config = stack_.config.add(stack_.order, Variables(prefix)); });
    option(app_, "--set",
           [this](const std::string& setting) { stack_.config = stack_.config.add(stack_.order, Setting(setting)); });
    option(app_, "--profile", [this](const std::string& name) { stack_.config = stack_.config.select(name); });
    option(app_, "--order", [this](const std::string& word) { stack_.order = chosen("--order", word, orders); });
    app_.add_flag_function("--nested", [this](std::int64_t on) { stack_.nested = on > 0; })->trigger_on_parse();

    const auto with_format = [this](CLI::App& command) {
      option(command, "--format",
             [this](const std::string& word) { options_.format = chosen("--format", word, formats); });
    };
    auto& show = subcommand("show");
    with_format(show);
    show.add_flag("--origins", options_.origins);
    show.add_flag("--reveal", options_.reveal);

    auto& get = subcommand("get");
    with_format(get);
    get.add_option("PATH", options_.path)->required();

    auto& explain = subcommand("explain");
    explain.add_flag("--reveal", options_.reveal);
    explain.add_option("PATH", options_.path)->required();

    auto& convert = subcommand("convert");
    option(convert, "--from", [this](const std::string& word) { from_ = chosen("--from", word, formats); });
    option(convert, "--to", [this](const std::string& word) { to_ = chosen("--to", word, formats); });
    convert.add_option("FILE", file_);
  }

  Outcome run(int argc, const char* const* argv) {
    try {
      app_.parse(arguments(argc, argv));
    } catch (const CLI::CallForHelp&) {
      return {std::string(help_of(command())), {}, Status::done};
    } catch (const CLI::CallForVersion& version) {
      return {std::string(version.what()) + "\n", {}, Status::done};
    } catch (const CLI::ExtrasError&) {
      return unusable(unexpected());
    } catch (const CLI::ArgumentMismatch& problem) {
      const std::string what = problem.what();  // "--file: 1 required …"
      return unusable(what.substr(0, what.find(':')) + " needs a value");
    } catch (const CLI::ParseError& problem) {
      return unusable(problem.what());
    }
    const auto name = command();
    if (name == "show") return show(stack_.config, options_);
    if (name == "get") return get(stack_.config, options_);
    if (name == "explain") return explain(stack_.config, options_);
    if (name == "convert") {
      if (stack_.config.layers().size() > 0) return unusable("convert takes one FILE and no layers");
      if (!to_) return unusable("convert needs --to toml or --to json");
      return cli::convert(file_, from_, *to_);
    }
    return {{}, std::string(help_of("")), Status::unusable};
  }

 private:
  CLI::App& subcommand(const std::string& name) {
    auto& command = *app_.add_subcommand(name);
    command.fallthrough();
    command.set_help_flag("-h,--help");
    return command;
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
  [[nodiscard]] std::vector<std::string> arguments(int argc, const char* const* argv) const {
    std::vector<std::string> all;
    for (int i = 1; i < argc; ++i) {
      std::string argument = argv[i];
      const bool empty_value = argument.ends_with('=') &&
                               std::ranges::find(valued_, argument.substr(0, argument.size() - 1)) != valued_.end();
      if (empty_value) argument.pop_back();
      all.push_back(std::move(argument));
      if (empty_value) all.emplace_back();
    }
    return {all.rbegin(), all.rend()};
  }

  [[nodiscard]] Outcome unusable(const std::string& message) const {
    const auto name = command();
    return {{},
            "error: " + printable(message) + "\nTry `superconfig " + (name.empty() ? "" : name + " ") + "--help`.\n",
            Status::unusable};
  }

  CLI::App app_;
  Stack stack_;
  Options options_;
  std::string file_ = "-";
  std::optional<Format> from_, to_;
  std::vector<std::string> valued_;
};

bool write(const std::string& text, std::FILE* stream) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace
}  // namespace superconfig::cli

int main(int argc, char** argv) {
  using namespace superconfig::cli;
  CommandLine line;
  auto outcome = line.run(argc, argv);
  if (!write(outcome.output, stdout)) {
    outcome.errors += "error: cannot write the output: " + std::string(std::strerror(errno)) + "\n";
    outcome.status = Status::unusable;
  }
  write(outcome.errors, stderr);
  return static_cast<int>(outcome.status);
}
