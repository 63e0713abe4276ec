// `superconfig env PREFIX`: which variables reach the known keys, and which are set.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

class Env : public CommandTest {
 protected:
  Env() {
    write("app.toml",
          "max_conn = 1\nfeatures = ['a']\n[log-file]\nmaxSize = 1\npassword = 'x'\n[[peers]]\nhost = 'one'\n");
  }
};

TEST_F(Env, TheVariablesOfTheKnownKeys) {
  prints({"env", "APP_", "--file", "app.toml"},
         "variables and the keys that they reach; * is set:\n"
         "     APP_MAX_CONN            max_conn\n"
         "     APP_FEATURES            features\n"
         "     APP_LOG_FILE__MAXSIZE   log-file.maxSize   or APP_LOG_FILE_MAXSIZE\n"
         "     APP_LOG_FILE__PASSWORD  log-file.password  or APP_LOG_FILE_PASSWORD\n"
         "     APP_PEERS__0__HOST      peers[0].host      or APP_PEERS_0_HOST\n");
}

TEST_F(Env, WhichAreSetAndWhatTheyGive) {
  prints({"env", "APP_", "--file", "app.toml", "--set", "max_conn=9"},
         "variables and the keys that they reach; * is set:\n"
         "  *  APP_MAX_CONN            max_conn           = 5      but --set wins\n"
         "     APP_FEATURES            features\n"
         "     APP_LOG_FILE__MAXSIZE   log-file.maxSize            or APP_LOG_FILE_MAXSIZE\n"
         "  *  APP_LOG_FILE__PASSWORD  log-file.password  = \"***\"  set as APP_LOG_FILE_PASSWORD\n"
         "  *  APP_PEERS__0__HOST      peers[0].host      = \"h\"    or APP_PEERS_0_HOST\n"
         "  *  APP_FEATURES_ADD        features[1]        = \"b\"\n"
         "\n"
         "set, but no known key:\n"
         "  APP_MAX_CON  -> max.con  did you mean `max_conn`?\n",
         {"APP_MAX_CONN=5", "APP_LOG_FILE_PASSWORD=hunter2", "APP_PEERS__0__HOST=h", "APP_FEATURES_ADD=b",
          "APP_MAX_CON=1", "OTHER=1"});
}

// Every name in the table leads to its key.
TEST_F(Env, ItsNamesAreTrue) {
  for (const auto& [name, path] :
       {std::pair{"APP_LOG_FILE__MAXSIZE", "log-file.maxSize"}, std::pair{"APP_LOG_FILE_MAXSIZE", "log-file.maxSize"},
        std::pair{"APP_PEERS_0_HOST", "peers[0].host"}})
    prints({"get", path, "--file", "app.toml", "--env", "APP_"}, "77\n", {std::string(name) + "=77"});
}

TEST_F(Env, KeysThatNoVariableReaches) {
  write("odd.toml", "Foo = 1\nfoo = 2\n[a]\nb_c = 1\n[a_b]\nc = 2\n");
  prints({"env", "X_", "--file", "odd.toml"},
         "variables and the keys that they reach; * is set:\n"
         "     (no variable)  Foo\n"
         "     (no variable)  foo\n"
         "     X_A__B_C       a.b_c\n"
         "     X_A_B__C       a_b.c\n");
}

TEST_F(Env, ALayerOfTheSameVariablesMakesNoKeysKnown) {
  const auto ran = superconfig({"env", "APP_", "--file", "app.toml", "--env", "APP_"}, {"APP_NEW=1"});
  EXPECT_NE(ran.out.find("set, but no known key:\n  APP_NEW"), std::string::npos) << ran.out;
}

TEST_F(Env, Strict) {
  const superconfig::test::Words arguments{"env", "APP_", "--strict", "--file", "app.toml"};
  EXPECT_EQ(superconfig(arguments, {"APP_NEW=1"}).status, 1);
  EXPECT_EQ(superconfig(arguments, {"APP_MAX_CONN=1"}).status, 0);
}

TEST_F(Env, Json) {
  const auto ran = superconfig({"env", "APP_", "--json", "--file", "app.toml"}, {"APP_MAX_CONN=5", "APP_NEW=1"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  for (const char* part : {"\"path\": \"max_conn\"", "\"variable\": \"APP_MAX_CONN\"", "\"unmatched\"", "\"APP_NEW\""})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " is not in:\n" << ran.out;
}

TEST_F(Env, NamesWhosePrefixHasOtherLetters) {
  const auto ran = superconfig({"env", "APP_", "--file", "app.toml"}, {"app_port=1", "App_X=1", "APPLE=1"});
  EXPECT_NE(ran.out.find("\nset, but not read, since the letters of the prefix are others:\n  App_X\n  app_port\n"),
            std::string::npos)
      << ran.out;
  EXPECT_NE(superconfig({"env", "APP_", "--json"}, {"app_port=1"}).out.find("\"app_port\""), std::string::npos);
}

TEST_F(Env, VariablesThatCannotBeUsed) {
  const auto ran = superconfig({"env", "APP_", "--file", "app.toml"}, {"APP_A___B=1"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("APP_A___B"), std::string::npos) << ran.err;
}

}  // namespace
