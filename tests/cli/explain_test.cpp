// `superconfig explain PATH`: who set a value, and what it shadows.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

class Explain : public CommandTest {
 protected:
  Explain() {
    write("base.toml", "tags = ['a', 'b']\n[server]\nport = 8080\npassword = 'hunter2'\n");
    write("local.toml", "tags_add = ['c']\ntags_remove = ['a']\n[server]\nport = 9000\n");
  }
};

TEST_F(Explain, TheWinnerAndWhatItShadows) {
  prints({"explain", "server.port", "--file", "base.toml", "--file", "local.toml", "--env", "APP_"},
         "server.port = 1234\n"
         "  from env APP_SERVER_PORT\n"
         "\n"
         "layers, the last added first; * is where the value comes from:\n"
         "  *  1234  env APP_SERVER_PORT  environment variables APP_*\n"
         "     9000  local.toml:4:8       TOML file\n"
         "     8080  base.toml:3:8        TOML file\n",
         {"APP_SERVER_PORT=1234"});
}

TEST_F(Explain, UnderJoinTheFirstWins) {
  const auto ran =
      superconfig({"explain", "server.port", "--file", "base.toml", "--order", "join", "--file", "local.toml"});
  EXPECT_NE(ran.out.find("     9000  local.toml:4:8  TOML file\n  *  8080  base.toml:3:8"), std::string::npos)
      << ran.out;
}

TEST_F(Explain, ArrayEdits) {
  const auto ran = superconfig({"explain", "tags", "--file", "base.toml", "--file", "local.toml"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.out.starts_with("tags = [\"b\", \"c\"]\n")) << ran.out;
  EXPECT_NE(ran.out.find("items:\n  [0]  \"b\"  base.toml:1:14\n  [1]  \"c\"  local.toml:1:13\n"), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("removed items:\n  \"a\"  base.toml:1:9  removed by local.toml:2:16\n"), std::string::npos)
      << ran.out;
}

TEST_F(Explain, SecretsAreMaskedUnlessRevealed) {
  const auto masked = superconfig({"explain", "server.password", "--file", "base.toml", "--env", "APP_"},
                                  {"APP_SERVER_PASSWORD=other"});
  EXPECT_EQ(masked.status, 0);
  EXPECT_EQ(masked.out.find("hunter2"), std::string::npos) << masked.out;
  EXPECT_EQ(masked.out.find("other"), std::string::npos) << masked.out;
  EXPECT_NE(masked.out.find("\"***\""), std::string::npos) << masked.out;
  const auto table = superconfig({"explain", "server", "--file", "base.toml"});
  EXPECT_EQ(table.out.find("hunter2"), std::string::npos) << table.out;
  const auto revealed = superconfig({"explain", "server.password", "--reveal", "--file", "base.toml"});
  EXPECT_NE(revealed.out.find("hunter2"), std::string::npos) << revealed.out;
}

TEST_F(Explain, TheRootTellsOfVariablesThatNoKeyClaims) {
  const auto ran = superconfig({"explain", "", "--file", "base.toml", "--env", "APP_"}, {"APP_SERVR_PORT=1"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("APP_SERVR_PORT"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("server.port"), std::string::npos) << ran.out;
}

TEST_F(Explain, Profiles) {
  write("nested.toml", "[default]\nx = 1\n[debug]\nx = 2\n");
  const auto ran = superconfig({"explain", "x", "--nested", "--file", "nested.toml", "--profile", "debug"});
  EXPECT_TRUE(ran.out.starts_with("x = 2\n  from nested.toml:4:5\n")) << ran.out;
  EXPECT_NE(ran.out.find("*  2  nested.toml:4:5  TOML file, profile debug\n"), std::string::npos) << ran.out;
}

TEST_F(Explain, Json) {
  const auto ran = superconfig({"explain", "server.password", "--json", "--file", "base.toml", "--env", "APP_"},
                               {"APP_SERVER_PASSWORD=other"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out.find("hunter2"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("other"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\"name\": \"APP_SERVER_PASSWORD\""), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\"provider\": \"TOML file\""), std::string::npos) << ran.out;
}

TEST_F(Explain, AMissingKeyIsANo) {
  fails({"explain", "server.prot", "--file", "base.toml"}, 1,
        "error: server.prot: there is no such key (did you mean `server.port`?)\n");
}

}  // namespace
