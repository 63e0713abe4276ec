// `superconfig diff`: two stacks, what differs, with both values and where they were written.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;
using superconfig::test::Words;

class Diff : public CommandTest {
 protected:
  Diff() {
    write("a.toml", "name = 'x'\nold = 1\n[server]\nport = 8080\npassword = 'one'\n[[peers]]\nhost = 'p'\n");
    write("b.yaml", "name: x\nserver:\n  port: 9000\n  password: two\n  new:\n    deep: true\npeers:\n  - host: q\n");
  }
  void differ(Words arguments, const std::string& expected, Words environment = {}) {
    const auto ran = superconfig(std::move(arguments), std::move(environment));
    EXPECT_EQ(ran.out, expected);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.status, 1);
  }
};

TEST_F(Diff, AddedRemovedAndChangedAligned) {
  const std::string expected =
      "- old             = 1      # a.toml:2:7\n"
      "- server.port     = 8080   # a.toml:4:8\n"
      "+ server.port     = 9000   # b.yaml:3:9\n"
      "- server.password = \"***\"  # a.toml:5:12\n"
      "+ server.password = \"***\"  # b.yaml:4:13\n"
      "+ server.new.deep = true   # b.yaml:6:11\n"
      "- peers[0].host   = \"p\"    # a.toml:7:8\n"
      "+ peers[0].host   = \"q\"    # b.yaml:8:11\n";
  differ({"diff", "a.toml", "b.yaml"}, expected);
  differ({"diff", "--file", "a.toml", "--", "--file", "b.yaml"}, expected);
}

TEST_F(Diff, TwoStacks) {
  differ({"diff", "--file", "a.toml", "--", "--file", "a.toml", "--env", "APP_", "--set", "old=2"},
         "- old         = 1     # a.toml:2:7\n"
         "+ old         = 2     # --set\n"
         "- server.port = 8080  # a.toml:4:8\n"
         "+ server.port = 1     # env APP_SERVER_PORT\n",
         {"APP_SERVER_PORT=1"});
}

TEST_F(Diff, NoDifference) {
  prints({"diff", "a.toml", "a.toml"}, "");
  prints(
      {
          "diff",
          "--",
      },
      "");
  write("a.json", R"({"y": 2, "x": 1})");
  prints({"diff", "--file", "a.json", "--", "--set", "x=1", "--env", "Y_"}, "", {"Y_Y=2"});
}

TEST_F(Diff, TypesCount) {
  write("one.json", R"({"a": 1, "b": null, "c": {"d": 1}, "e": []})");
  write("two.json", R"({"a": "1", "c": 1, "e": {}})");
  differ({"diff", "one.json", "two.json"},
         "- a   = 1     # one.json:1:7\n"
         "+ a   = \"1\"   # two.json:1:7\n"
         "- b   = null  # one.json:1:15\n"
         "- c.d = 1     # one.json:1:32\n"
         "+ c   = 1     # two.json:1:17\n"
         "- e   = []    # one.json:1:41\n"
         "+ e   = {}    # two.json:1:25\n");
}

TEST_F(Diff, EachSideHasItsOwnOptions) {
  write("n.toml", "[default]\nx = 1\n[debug]\nx = 2\n");
  differ({"diff", "--nested", "--file", "n.toml", "--", "--nested", "--file", "n.toml", "--profile", "debug"},
         "- x = 1  # n.toml:2:5\n+ x = 2  # n.toml:4:5\n");
}

TEST_F(Diff, Reveal) {
  const auto ran = superconfig({"diff", "--reveal", "a.toml", "b.yaml"});
  EXPECT_NE(ran.out.find("\"one\""), std::string::npos) << ran.out;
  const auto second = superconfig({"diff", "--file", "a.toml", "--", "--file", "b.yaml", "--reveal"});
  EXPECT_EQ(second.out, ran.out);
}

TEST_F(Diff, Json) {
  const auto ran = superconfig({"diff", "--json", "a.toml", "b.yaml"});
  EXPECT_EQ(ran.status, 1);
  for (const char* part : {"\"change\": \"added\"", "\"change\": \"removed\"", "\"change\": \"changed\"", "\"left\"",
                           "\"right\"", "\"line\": 4"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " is not in:\n" << ran.out;
  EXPECT_EQ(ran.out.find("one"), std::string::npos) << ran.out;
}

TEST_F(Diff, ErrorsOfBothSides) {
  const auto ran = superconfig({"diff", "nowhere.toml", "gone.toml"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("nowhere.toml"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("gone.toml"), std::string::npos) << ran.err;
}

}  // namespace
