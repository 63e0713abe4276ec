// What the command says of itself, and of command lines that it cannot use.
#include "cli/command.hpp"
#include "superconfig/version.hpp"

namespace {

using superconfig::test::CommandTest;
using superconfig::test::Words;

class Usage : public CommandTest {
 protected:
  // Status 2, nothing on the standard output, and where to read on.
  void refuses(const Words& arguments, const std::string& error) {
    const auto ran = superconfig(arguments);
    EXPECT_EQ(ran.status, 2) << error;
    EXPECT_EQ(ran.out, "") << error;
    EXPECT_TRUE(ran.err.starts_with("error: " + error)) << ran.err;
    EXPECT_NE(ran.err.find("--help"), std::string::npos) << ran.err;
  }
};

TEST_F(Usage, Version) { prints({"--version"}, "superconfig " SUPERCONFIG_VERSION "\n"); }

TEST_F(Usage, HelpNamesEveryCommandAndOption) {
  const auto general = superconfig({"--help"});
  EXPECT_EQ(general.status, 0);
  for (const char* word : {"show",
                           "get PATH",
                           "keys [PATH]",
                           "explain PATH",
                           "check",
                           "diff A B",
                           "env PREFIX",
                           "convert",
                           "completion SHELL",
                           "--file FILE",
                           "--file-opt FILE",
                           "--app NAME",
                           "--glob PATTERN",
                           "--env PREFIX",
                           "--set PATH=TEXT",
                           "--defaults FILE",
                           "--order ORDER",
                           "--nested",
                           "--no-array-edits",
                           "--profile NAME",
                           "--strict",
                           "--json",
                           "--help",
                           "--version"})
    EXPECT_NE(general.out.find(word), std::string::npos) << word;
  EXPECT_EQ(superconfig({"-h"}).out, general.out);

  const std::pair<const char*, Words> commands[] = {{"show", {"--origins", "--format", "--reveal"}},
                                                    {"get", {"PATH", "--format"}},
                                                    {"explain", {"PATH", "--reveal"}},
                                                    {"keys", {"PATH", "--all"}},
                                                    {"check", {"--strict", "--reveal"}},
                                                    {"diff", {"FILE", "--reveal", " -- "}},
                                                    {"env", {"PREFIX", "--reveal"}},
                                                    {"convert", {"--from", "--to", "FILE"}},
                                                    {"completion", {"bash", "zsh", "fish"}}};
  for (const auto& [command, words] : commands) {
    const auto help = superconfig({command, "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_EQ(help.err, "");
    EXPECT_NE(help.out.find("usage: superconfig " + std::string(command)), std::string::npos) << help.out;
    for (const auto& word : words) EXPECT_NE(help.out.find(word), std::string::npos) << command << ' ' << word;
  }
}

TEST_F(Usage, WithoutACommandItExplainsItself) {
  const auto ran = superconfig({});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, superconfig({"--help"}).out);
}

TEST_F(Usage, CommandLinesItCannotUse) {
  refuses({"frobnicate"}, "");
  refuses({"show", "--frobnicate"}, "");
  refuses({"show", "extra"}, "");
  refuses({"get"}, "get needs a PATH");
  refuses({"env"}, "env needs a PREFIX");
  refuses({"keys", "a", "b"}, "unexpected argument b");
  refuses({"shwo"}, "there is no command shwo (did you mean `show`?)");
  refuses({"diff", "a.toml"}, "diff takes two FILEs");
  refuses({"diff", "a.toml", "b.toml", "--env", "X_"}, "diff takes two FILEs");
  refuses({"diff", "a.toml", "--", "--env", "X_"}, "with -- between them");
  refuses({"diff", "--set", "a=1", "--", "--frobnicate"}, "there is no option --frobnicate");
  refuses({"completion", "tcsh"}, "completion is for bash, zsh or fish, not \"tcsh\"");
  refuses({"show", "--origins", "--format", "yaml"}, "--origins has no yaml form");
  refuses({"show", "--file"}, "");
  refuses({"show", "--file", "--env", "X"}, "--file needs a value, but --env follows");
  refuses({"show", "--order", "mix"}, "--order is one of adjoin, admerge, join, merge, not \"mix\"");
  refuses({"show", "--format", "xml"}, "--format is one of json, toml, yaml, not \"xml\"");
  refuses({"convert", "--from", "toml"}, "convert needs --to toml, yaml or json");
  refuses({"convert", "--to", "json", "--file", "a.toml"}, "convert takes one FILE and no layers");
}

TEST_F(Usage, AsJson) {
  const auto ran = superconfig({"show", "--json", "--frobnicate"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("\"message\": \"there is no option --frobnicate\""), std::string::npos) << ran.err;
}

TEST_F(Usage, ASettingWithoutEqualsSign) {
  const auto ran = superconfig({"show", "--set", "server.port"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("server.port"), std::string::npos) << ran.err;
}

TEST_F(Usage, EmptyValuesAreValues) {
  prints({"show", "--file-opt=", "--set", "a=1"}, "a = 1\n");
  prints({"show", "--set", "a="}, "a = \"\"\n");
  prints({"show", "--set", "a=b=c"}, "a = \"b=c\"\n");
  prints({"show", "--set", "a=1", "--set", "a=2"}, "a = 2\n");
}

TEST_F(Usage, OutputThatCannotBeWrittenIsAnError) {
  const auto ran =
      superconfig::test::run({"/bin/sh", {"-c", SUPERCONFIG_COMMAND " show --set a=1 >/dev/full"}, {}, {}, folder});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("error: cannot write the output"), std::string::npos) << ran.err;
}

}  // namespace
