// `superconfig check`: every problem on the standard output, and an exit status for scripts.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

class Check : public CommandTest {
 protected:
  Check() { write("base.toml", "name = 'x'\n[server]\nport = 1\n"); }
  void finds(superconfig::test::Words arguments, int status, const std::string& expected,
             superconfig::test::Words environment = {}) {
    const auto ran = superconfig(std::move(arguments), std::move(environment));
    EXPECT_EQ(ran.out, expected);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.status, status);
  }
};

TEST_F(Check, NothingToComplainAbout) {
  finds({"check", "--file", "base.toml"}, 0, "ok: 2 values from 1 layer\n");
  finds({"check"}, 0, "ok: 0 values from 0 layers\n");
}

TEST_F(Check, EveryProblemOfEveryLayer) {
  write("broken.yaml", "a: [1,\n");
  write("broken.toml", "x = 1\nx = 2\n");
  const auto ran = superconfig({"check", "--file", "broken.yaml", "--file", "nowhere.toml", "--file", "broken.toml"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "");
  for (const char* part :
       {"error: broken.yaml:", "error: nowhere.toml: ", "error: broken.toml:2:1: ", "3 errors in 3 layers\n"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " is not in:\n" << ran.out;
}

TEST_F(Check, VariablesThatMatchNothingAreWarningsOrErrors) {
  const std::string text =
      ": env APP_SERVR_PORT: servr.port: `APP_SERVR_PORT` matches no known key (did you mean `server.port`?)\n";
  finds({"check", "--file", "base.toml", "--env", "APP_"}, 0,
        "warning" + text + "ok: 3 values from 2 layers, 1 warning\n", {"APP_SERVR_PORT=1"});
  finds({"check", "--strict", "--file", "base.toml", "--env", "APP_"}, 1, "error" + text + "1 error in 2 layers\n",
        {"APP_SERVR_PORT=1"});
}

TEST_F(Check, AProfileThatNoLayerHas) {
  finds({"check", "--file", "base.toml", "--profile", "debug"}, 0,
        "warning: no layer has the profile debug\nok: 2 values from 1 layer, 1 warning\n");
}

TEST_F(Check, SecretsStayOut) {
  write("broken.toml", "db_password = 'hunter2' x\n");
  for (const auto& ran :
       {superconfig({"check", "--file", "broken.toml"}), superconfig({"check", "--json", "--file", "broken.toml"}),
        on_terminal({"check", "--file", "broken.toml"})}) {
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ((ran.out + ran.err).find("hunter2"), std::string::npos) << ran.out;
  }
}

TEST_F(Check, Json) {
  finds({"check", "--json", "--file", "base.toml"}, 0, "{\n  \"errors\": [],\n  \"warnings\": []\n}\n");
  const auto ran = superconfig({"check", "--json", "--file", "nowhere.toml"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("\"code\": \"not_found\""), std::string::npos) << ran.out;
}

TEST_F(Check, ACommandLineThatCannotBeUsedIsNoProblemOfTheLayers) {
  EXPECT_EQ(superconfig({"check", "--frobnicate"}).status, 2);
}

}  // namespace
