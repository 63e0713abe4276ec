// The man page and the completions know what the help knows.
#include <algorithm>
#include <regex>
#include <set>

#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;
using superconfig::test::read_text;

const std::vector<std::string> commands{"show", "get", "keys",    "explain",   "check",
                                        "diff", "env", "convert", "completion"};

class Help : public CommandTest {
 protected:
  std::set<std::string> options_of(const superconfig::test::Words& arguments) {
    const auto text = superconfig(arguments).out;
    const std::regex option("--[a-z][a-z-]*");
    std::set<std::string> found;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), option); at != std::sregex_iterator(); ++at)
      found.insert(at->str());
    return found;
  }
  std::set<std::string> all_options() {
    auto all = options_of({"--help"});
    for (const auto& command : commands) all.merge(options_of({command, "--help"}));
    return all;
  }
  testing::AssertionResult shell(const std::string& program, const std::string& script, std::string& out) {
    if (!std::filesystem::exists(program)) return testing::AssertionFailure() << program << " is not here";
    const auto programs = std::filesystem::path(SUPERCONFIG_COMMAND).parent_path().string();
    const auto ran =
        superconfig::test::run({program, {"-c", script}, {"PATH=" + programs + ":/usr/bin:/bin"}, {}, folder});
    out = ran.out;
    if (ran.status == 0 && ran.err.empty()) return testing::AssertionSuccess();
    return testing::AssertionFailure() << ran.err;
  }
};

TEST_F(Help, FitsATerminal) {
  std::vector<superconfig::test::Words> calls{{"--help"}};
  for (const auto& command : commands) calls.push_back({command, "--help"});
  for (const auto& call : calls) {
    std::istringstream lines(superconfig(call).out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 90U) << line;
  }
}

TEST_F(Help, TheManPageHasEveryCommandAndOption) {
  auto page = read_text(std::filesystem::path(SUPERCONFIG_SOURCE_DIR) / "docs" / "superconfig.1");
  for (std::size_t at; (at = page.find("\\-")) != std::string::npos;) page.replace(at, 2, "-");
  for (const auto& option : all_options())
    EXPECT_TRUE(std::regex_search(page, std::regex(option + "(?![a-z-])"))) << option;
  for (const auto& command : commands) EXPECT_NE(page.find(".SS " + command), std::string::npos) << command;
}

TEST_F(Help, TheCompletionsHaveEveryCommandAndOption) {
  for (const char* name : {"bash", "zsh", "fish"}) {
    const auto ran = superconfig({"completion", name});
    EXPECT_EQ(ran.status, 0);
    for (const auto& option : all_options()) {
      const auto written = std::string(name) == "fish" ? "-l " + option.substr(2) + " " : option;
      if (std::string(name) == "fish" && option == "--help") continue;
      EXPECT_NE(ran.out.find(written), std::string::npos) << name << ' ' << option;
    }
    for (const auto& command : commands) EXPECT_NE(ran.out.find(command), std::string::npos) << name << ' ' << command;
  }
}

// What a command's completions offer, the command takes.
TEST_F(Help, WhatIsOfferedIsTaken) {
  std::string out;
  ASSERT_TRUE(shell("/bin/bash", "superconfig completion bash", out));
  const std::regex line("\n    ([a-z]+)\\) words='([^']*)' ;;");
  std::size_t seen = 0;
  for (auto at = std::sregex_iterator(out.begin(), out.end(), line); at != std::sregex_iterator(); ++at) {
    std::istringstream options((*at)[2].str());
    for (std::string option; options >> option; ++seen) {
      if (!option.starts_with("--")) continue;
      const auto ran = superconfig({(*at)[1].str(), option});
      EXPECT_EQ(ran.err.find("there is no option"), std::string::npos) << (*at)[1] << ' ' << option << ": " << ran.err;
    }
  }
  EXPECT_GT(seen, 50U);
}

TEST_F(Help, TheBashScriptCompletes) {
  write("app.toml", "[server]\nport = 1\nhost = 'x'\n");
  std::string out;
  ASSERT_TRUE(shell("/bin/bash",
                    "source <(superconfig completion bash)\ncomplete -p superconfig\n"
                    "t() { COMP_WORDS=(superconfig \"$@\"); COMP_CWORD=${COMP_CWORD:-$#}; _superconfig\n"
                    "echo \"${COMPREPLY[*]}\"; unset COMP_CWORD; }\n"
                    "t sh\nt show --or\nt show --order m\nt completion ''\nt show --file ap\n"
                    "COMP_CWORD=2 t get server.p --file app.toml\n",
                    out));
  EXPECT_NE(out.find("-F _superconfig superconfig\n"), std::string::npos) << out;
  EXPECT_TRUE(out.ends_with("show\n--order --origins\nmerge\nbash zsh fish\napp.toml\nserver.port\n")) << out;
}

// Where these shells are not installed there is nothing to try.
TEST_F(Help, TheOtherShellsReadTheirScripts) {
  for (const auto& [program, name] : {std::pair{"/usr/bin/zsh", "zsh"}, std::pair{"/usr/bin/fish", "fish"}}) {
    if (!std::filesystem::exists(program)) continue;
    write(name, superconfig({"completion", name}).out);
    std::string out;
    EXPECT_TRUE(shell(program, std::string(name) + " -n " + name, out)) << name;
  }
}

}  // namespace
