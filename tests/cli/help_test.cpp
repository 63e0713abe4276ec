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

// A key may hold anything, and whoever presses Tab wants none of it run.
TEST_F(Help, NoShellRunsWhatAKeyHolds) {
  write("app.json", R"x({"$(touch ran)": {"a b": 1}, "`touch ran`": 2})x");
  std::string out;
  ASSERT_TRUE(shell("/bin/bash",
                    "source <(superconfig completion bash)\n"
                    "COMP_WORDS=(superconfig get --file app.json ''); COMP_CWORD=4; _superconfig\n"
                    "printf '%s\\n' \"${COMPREPLY[@]}\"",
                    out));
  EXPECT_EQ(out, "\"$(touch ran)\".\"a b\"\n\"`touch ran`\"\n");
  if (std::filesystem::exists("/usr/bin/fish")) {
    ASSERT_TRUE(shell("/usr/bin/fish",
                      "superconfig completion fish | source; complete -C 'superconfig get --file app.json '", out));
    EXPECT_NE(out.find("a b"), std::string::npos) << out;
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "ran"));
}

TEST_F(Help, TheFishScriptCompletes) {
  if (!std::filesystem::exists("/usr/bin/fish")) GTEST_SKIP() << "fish is not installed";
  write("app.toml", "[server]\nport = 1\nhost = 'x'\n");
  std::string out;
  ASSERT_TRUE(shell("/usr/bin/fish",
                    "superconfig completion fish | source\n"
                    "for line in 'superconfig sh' 'superconfig show --ori' 'superconfig get --file app.toml server.p' "
                    "'superconfig show --order m' 'superconfig completion z'; complete -C $line; end",
                    out));
  EXPECT_EQ(out,
            "show\tevery value\n--origins\twhere each value was written\nserver.port\nmerge\thow layers are "
            "composed\nzsh\n");
}

TEST_F(Help, TheZshScriptCompletes) {
  if (!std::filesystem::exists("/usr/bin/zsh")) GTEST_SKIP() << "zsh is not installed";
  write("app.toml", "[server]\nport = 1\n'a b' = 'x'\n");
  write("script", superconfig({"completion", "zsh"}).out);
  // In a terminal of its own, since only there it completes. `zpty -r -m` reads until the pattern is there.
  write("try", R"(zmodload zsh/zpty
zpty z 'zsh -f -i'
zpty -w z 'autoload -Uz compinit; compinit -u -D; source ./script; compdef _superconfig superconfig; print REA""DY'
zpty -r -m z text '*READY*'
for try in 'show --ori=--origins' 'check --stri=--strict' 'get --file app.toml server.p=server.port' 'env --fil=--file'; do
  zpty -w -n z "superconfig ${try%%=*}"$'\t'
  zpty -r -m z text "*${try#*=}*" && print -- "${try#*=}"
  zpty -w -n z $'\x15'
done
)");
  std::string out;
  ASSERT_TRUE(shell("/usr/bin/zsh", "timeout 60 zsh ./try 2>&1", out)) << out;
  EXPECT_EQ(out, "--origins\n--strict\nserver.port\n--file\n");
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
