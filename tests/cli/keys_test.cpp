// `superconfig keys [PATH]`: names and paths as the other commands take them.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

class Keys : public CommandTest {
 protected:
  Keys() {
    write("app.toml",
          "name = 'x'\n\"a.b c\" = 1\nlist = [1, 2]\n[server]\nport = 1\n[[peers]]\nhost = 'a'\n[[peers]]\n");
  }
};

TEST_F(Keys, OfATable) {
  prints({"keys", "--file", "app.toml"}, "name\n\"a.b c\"\nlist\nserver\npeers\n");
  prints({"keys", "server", "--file", "app.toml"}, "port\n");
  prints({"keys", "peers[0]", "--file", "app.toml"}, "host\n");
  prints({"keys"}, "");
}

TEST_F(Keys, AllPaths) {
  prints({"keys", "--all", "--file", "app.toml"}, "name\n\"a.b c\"\nlist\nserver.port\npeers[0].host\npeers[1]\n");
  prints({"keys", "--all", "server", "--file", "app.toml"}, "server.port\n");
}

TEST_F(Keys, ArePathsForTheOtherCommands) {
  const auto all = superconfig({"keys", "--all", "--file", "app.toml"});
  std::istringstream lines(all.out);
  for (std::string path; std::getline(lines, path);)
    EXPECT_EQ(superconfig({"get", path, "--file", "app.toml"}).status, 0) << path;
}

TEST_F(Keys, Json) { prints({"keys", "--json", "server", "--file", "app.toml"}, "[\n  \"port\"\n]\n"); }

TEST_F(Keys, WhatHasNone) {
  fails({"keys", "servr", "--file", "app.toml"}, 1, "error: servr: there is no such key (did you mean `server`?)\n");
  EXPECT_EQ(superconfig({"keys", "name", "--file", "app.toml"}).status, 2);
  EXPECT_EQ(superconfig({"keys", "a..b", "--file", "app.toml"}).status, 2);
}

}  // namespace
