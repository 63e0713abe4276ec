// On a terminal: colours, unless they are not wanted, and the source line below an error.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

using Terminal = CommandTest;

bool has_color(const std::string& text) { return text.find('\x1b') != std::string::npos; }

TEST_F(Terminal, ColorsOnlyWhereTheyAreWanted) {
  write("a.toml", "x = 1\n");
  EXPECT_TRUE(has_color(on_terminal({"show", "--origins", "--file", "a.toml"}).out));
  EXPECT_TRUE(has_color(on_terminal({"explain", "x", "--file", "a.toml"}).out));
  EXPECT_FALSE(has_color(superconfig({"show", "--file", "a.toml"}, {"TERM=xterm"}).out));
  EXPECT_FALSE(has_color(on_terminal({"get", "x", "--file", "a.toml"}).out));
  EXPECT_FALSE(has_color(on_terminal({"show", "--file", "a.toml"}, {"TERM=xterm", "NO_COLOR=1"}).out));
  EXPECT_TRUE(has_color(on_terminal({"show", "--file", "a.toml"}, {"TERM=xterm", "NO_COLOR="}).out));
  EXPECT_FALSE(has_color(on_terminal({"show", "--file", "a.toml"}, {"TERM=dumb"}).out));
}

TEST_F(Terminal, WithoutColorsItPrintsWhatAPipeGets) {
  write("a.toml", "x = 1\nlong_name = ['a', 'ä']\n[t]\ny = 'z'\n");
  const superconfig::test::Words shows{"show", "--origins", "--file", "a.toml"};
  EXPECT_EQ(on_terminal(shows, {"NO_COLOR=1"}).out, superconfig(shows).out);
  auto colored = on_terminal(shows).out;
  for (std::size_t at; (at = colored.find('\x1b')) != std::string::npos;)
    colored.erase(at, colored.find('m', at) - at + 1);
  EXPECT_EQ(colored, superconfig(shows).out);
}

TEST_F(Terminal, ErrorsShowTheSourceLineWithThePlaceUnderlined) {
  write("broken.json", "{\n  \"a\": 1,\n  \"b\": oops\n}\n");
  const auto ran = on_terminal({"show", "--file", "broken.json"}, {"NO_COLOR=1"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(ran.out.starts_with("error: broken.json:3:8: ")) << ran.out;
  EXPECT_NE(ran.out.find("\n 3 |   \"b\": oops\n   |        ^"), std::string::npos) << ran.out;
}

TEST_F(Terminal, TheSourceLineOfAnErrorHidesSecrets) {
  write("broken.toml", "db_password = 'hunter2' x\n");
  write("broken.json", "{\"token\": \"hunter2\" \"x\": 1}\n");
  const auto ran = on_terminal({"show", "--file", "broken.toml", "--file", "broken.json"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out.find("hunter2"), std::string::npos) << ran.out;
}

TEST_F(Terminal, ControlCharactersDoNotReachIt) {
  write("a.toml", "\"k\\u001b[31m\" = \"v\\u001b[0m\\u009b\"\n");
  for (const auto& ran : {on_terminal({"show", "--origins", "--file", "a.toml"}, {"NO_COLOR=1"}),
                          on_terminal({"explain", "", "--file", "a.toml"}, {"NO_COLOR=1"}),
                          on_terminal({"get", "\x1b[31m"}, {"NO_COLOR=1"})})
    EXPECT_FALSE(has_color(ran.out)) << ran.out;
}

}  // namespace
