// `superconfig show`: every value, from layers in the order of the command line.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

class Show : public CommandTest {
 protected:
  Show() {
    write("base.toml", "name = 'shop'\n\n[server]\nhost = 'localhost'\nport = 8080\n");
    write("local.json", R"({"server": {"port": 9000}, "tags": ["a", "b"]})");
  }
};

TEST_F(Show, OneLineAValueAligned) {
  prints({"show", "--file", "base.toml", "--file", "local.json"},
         "name        = \"shop\"\n"
         "server.host = \"localhost\"\n"
         "server.port = 9000\n"
         "tags        = [\"a\", \"b\"]\n");
}

TEST_F(Show, OriginsAreAlignedAndRelativeToTheWorkingDirectory) {
  prints({"show", "--origins", "--file", "base.toml", "--file", "local.json", "--env", "APP_", "--set", "name=x"},
         "name         = \"x\"          # --set\n"
         "server.host  = \"localhost\"  # base.toml:4:8\n"
         "server.port  = 9000         # local.json:1:21\n"
         "server.title = \"hello\"      # env APP_SERVER__TITLE\n"
         "tags         = [\"a\", \"b\"]   # local.json:1:36\n",
         {"APP_SERVER__TITLE=hello", "OTHER_SERVER__PORT=1"});
}

TEST_F(Show, OriginOutsideTheWorkingDirectoryIsAbsolute) {
  write("below/empty.toml", "");
  const auto path = (folder / "base.toml").string();
  const auto ran =
      superconfig::test::run({SUPERCONFIG_COMMAND, {"show", "--origins", "--file", path}, {}, {}, folder / "below"});
  EXPECT_NE(ran.out.find("# " + path + ":1:8\n"), std::string::npos) << ran.out;
}

TEST_F(Show, LayersCountInTheOrderGiven) {
  write("a.toml", "x = 1");
  write("b.toml", "x = 2");
  prints({"show", "--file", "a.toml", "--file", "b.toml"}, "x = 2\n");
  prints({"show", "--file", "b.toml", "--file", "a.toml"}, "x = 1\n");
  prints({"show", "--file", "a.toml", "--env", "APP_", "--file", "b.toml"}, "x = 2\n", {"APP_X=3"});
  prints({"show", "--file", "a.toml", "--file", "b.toml", "--env", "APP_"}, "x = 3\n", {"APP_X=3"});
  prints({"--file", "b.toml", "show", "--file", "a.toml"}, "x = 1\n");
}

TEST_F(Show, OrderAppliesToTheLayersAfterIt) {
  write("a.toml", "x = 1\nlist = [1]");
  write("b.toml", "x = 2\nlist = [2]");
  write("c.toml", "x = 3\nlist = [3]");
  const auto with = [](const std::string& order) {
    return superconfig::test::Words{"show", "--file", "a.toml", "--order", order, "--file", "b.toml"};
  };
  prints(with("merge"), "x    = 2\nlist = [2]\n");
  prints(with("join"), "x    = 1\nlist = [1]\n");
  prints(with("admerge"), "x    = 2\nlist = [1, 2]\n");
  prints(with("adjoin"), "x    = 1\nlist = [1, 2]\n");
  prints({"show", "--file", "a.toml", "--order=adjoin", "--file", "b.toml", "--order=merge", "--file", "c.toml"},
         "x    = 3\nlist = [3]\n");
}

TEST_F(Show, ArraysFromSeveralLayersShowTheOriginOfEachItem) {
  write("a.toml", "list = [1, 2]");
  write("b.toml", "list_add = [3]");
  write("c.toml", "servers = [{host = 'a', port = 1}, {host = 'b'}]");
  prints({"show", "--origins", "--file", "a.toml", "--file", "b.toml", "--file", "c.toml"},
         "list[0]         = 1    # a.toml:1:9\n"
         "list[1]         = 2    # a.toml:1:12\n"
         "list[2]         = 3    # b.toml:1:13\n"
         "servers[0].host = \"a\"  # c.toml:1:20\n"
         "servers[0].port = 1    # c.toml:1:32\n"
         "servers[1].host = \"b\"  # c.toml:1:44\n");
  prints({"show", "--file", "a.toml", "--file", "b.toml"}, "list = [1, 2, 3]\n");
  prints({"show", "--origins", "--format", "toml", "--file", "a.toml", "--file", "b.toml"},
         "list = [1, 2, 3]  # a.toml:1:8, b.toml:1:13\n");
}

TEST_F(Show, ProfilesOfNestedFiles) {
  write("app.toml", "[default]\nlevel = 'info'\nport = 1\n[debug]\nlevel = 'debug'\n[global]\nname = 'x'\n");
  prints({"show", "--nested", "--file", "app.toml"}, "level = \"info\"\nport  = 1\nname  = \"x\"\n");
  prints({"show", "--nested", "--glob", "app.*"}, "level = \"info\"\nport  = 1\nname  = \"x\"\n");
  prints({"show", "--nested", "--app", "app"}, "level = \"info\"\nport  = 1\nname  = \"x\"\n");
  prints({"show", "--nested", "--file", "app.toml", "--profile", "debug"},
         "level = \"debug\"\nport  = 1\nname  = \"x\"\n");
  prints({"show", "--nested", "--file", "app.toml", "--profile", "DEBUG", "--nested=false", "--file", "base.toml",
          "--set", "level=trace"},
         "level       = \"trace\"\n"
         "port        = 1\n"
         "name        = \"x\"\n"
         "server.host = \"localhost\"\n"
         "server.port = 8080\n");
}

TEST_F(Show, ProfileThatNoLayerHasIsAWarning) {
  write("app.toml", "[default]\nx = 1\n[debug]\nx = 2\n[production]\nx = 3\n");
  const auto ran = superconfig({"show", "--nested", "--file", "app.toml", "--profile", "debgu"});
  EXPECT_EQ(ran.out, "x = 1\n");
  EXPECT_EQ(ran.err, "warning: no layer has the profile debgu; there are: debug, production\n");
  EXPECT_EQ(ran.status, 0);
}

TEST_F(Show, SecretsAreMaskedUnlessRevealed) {
  write("secrets.toml",
        "db_password = 'one'\n"
        "apiKey = 'two'\n"
        "url = 'postgres://me:three@host/db'\n"
        "monkey = 'four'\n"
        "[deep]\nprivateKey = ['five', 6]\n");
  prints({"show", "--file", "secrets.toml"},
         "db_password     = \"***\"\n"
         "apiKey          = \"***\"\n"
         "url             = \"postgres://me:***@host/db\"\n"
         "monkey          = \"four\"\n"
         "deep.privateKey = [\"***\", \"***\"]\n");
  prints({"show", "--reveal", "--file", "secrets.toml"},
         "db_password     = \"one\"\n"
         "apiKey          = \"two\"\n"
         "url             = \"postgres://me:three@host/db\"\n"
         "monkey          = \"four\"\n"
         "deep.privateKey = [\"five\", 6]\n");
  for (const char* format : {"toml", "json"})
    for (const auto& ran : {superconfig({"show", "--format", format, "--file", "secrets.toml"}),
                            superconfig({"show", "--format", "yaml", "--file", "secrets.toml"}),
                            superconfig({"show", "--json", "--file", "secrets.toml"}),
                            superconfig({"show", "--origins", "--format", format, "--file", "secrets.toml"})}) {
      EXPECT_EQ(ran.status, 0) << ran.err;
      for (const char* secret : {"one", "two", "three", "five"})
        EXPECT_EQ(ran.out.find(secret), std::string::npos) << ran.out;
    }
}

TEST_F(Show, Documents) {
  prints({"show", "--format", "toml", "--file", "base.toml"},
         "name = \"shop\"\n\n[server]\nhost = \"localhost\"\nport = 8080\n");
  prints({"show", "--format", "yaml", "--file", "base.toml"}, "name: shop\nserver:\n  host: localhost\n  port: 8080\n");
  prints({"show", "--format", "json", "--file", "local.json"},
         "{\n  \"server\": {\n    \"port\": 9000\n  },\n  \"tags\": [\n    \"a\",\n    \"b\"\n  ]\n}\n");
  prints({"show", "--origins", "--format", "json", "--set", "a.b=1"},
         superconfig({"show", "--json", "--set", "a.b=1"}).out);
}

TEST_F(Show, TheListingIsTomlThatReadsBack) {
  write(
      "odd.toml",
      "\"a b\" = 1\n\"c.d\" = 'x'\n\"\" = 2\nt = \"tab\\t \\\"q\\\" \\u001b[31m\"\nf = -0.0\ni = inf\nd = 1979-05-27\n"
      "e = {}\nm = [[1], {a = {\"x y\" = 1}}]\n");
  const auto first = superconfig({"show", "--file", "odd.toml"});
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(first.out.find('\x1b'), std::string::npos);
  write("again.toml", first.out);
  prints({"show", "--file", "again.toml"}, first.out);
  prints({"show", "--format", "toml", "--file", "again.toml"},
         superconfig({"show", "--format", "toml", "--file", "odd.toml"}).out);
}

TEST_F(Show, NullAndNothing) {
  write("null.json", R"({"a": null})");
  prints({"show", "--file", "null.json"}, "a = null\n");
  prints({"show"}, "");
  fails({"show", "--format", "toml", "--file", "null.json"}, 2,
        superconfig({"show", "--format", "toml", "--file", "null.json"}).err);
  prints({"show", "--format", "json"}, "{}\n");
}

TEST_F(Show, OptionalFiles) {
  prints({"show", "--file-opt", "nowhere.toml", "--file-opt", "", "--file", "base.toml"},
         "name        = \"shop\"\nserver.host = \"localhost\"\nserver.port = 8080\n");
}

TEST_F(Show, DefaultsAreBelowWhereverTheyStand) {
  write("low.yaml", "name: low\nextra: 1\n");
  prints({"show", "--file", "base.toml", "--defaults", "low.yaml", "--env", "APP_"},
         "name        = \"shop\"\nextra       = 2\nserver.host = \"localhost\"\nserver.port = 8080\n", {"APP_EXTRA=2"});
  prints({"show", "--defaults", "base.toml", "--defaults", "low.yaml"},
         "name        = \"low\"\nserver.host = \"localhost\"\nserver.port = 8080\nextra       = 1\n");
  EXPECT_EQ(superconfig({"show", "--defaults", "nowhere.toml"}).status, 2);
}

TEST_F(Show, Patterns) {
  write("conf.d/20.yaml", "name: later\n");
  write("conf.d/10.json", R"({"name": "earlier", "x": 1})");
  prints({"show", "--origins", "--glob", "conf.d/*"},
         "name = \"later\"  # conf.d/20.yaml:1:7\nx    = 1        # conf.d/10.json:1:26\n");
  prints({"show", "--glob", "nowhere/*"}, "");
  EXPECT_EQ(superconfig({"show", "--glob", "["}).status, 2);
}

TEST_F(Show, TheUsualPlacesOfAnApplication) {
  write("home/.shop/a.toml", "x = 1\ny = 1\n");
  write("home/work/shop.yaml", "x: 2\n");
  const auto home = folder / "home";
  const auto ran = superconfig::test::run(
      {SUPERCONFIG_COMMAND, {"show", "--app", "shop"}, {"HOME=" + home.string()}, {}, home / "work"});
  EXPECT_EQ(ran.out, "x = 2\ny = 1\n") << ran.err;
}

TEST_F(Show, WithoutArrayEdits) {
  write("a.toml", "list = [1]");
  write("b.toml", "list_add = [2]");
  prints({"show", "--file", "a.toml", "--no-array-edits", "--file", "b.toml"}, "list     = [1]\nlist_add = [2]\n");
  prints({"show", "--file", "a.toml", "--no-array-edits", "--no-array-edits=false", "--file", "b.toml"},
         "list = [1, 2]\n");
}

TEST_F(Show, StrictRefusesVariablesThatMatchNoKey) {
  fails({"show", "--strict", "--file", "base.toml", "--env", "APP_"}, 2,
        "error: env APP_SERVR_PORT: servr.port: `APP_SERVR_PORT` matches no known key (did you mean `server.port`?)\n",
        {"APP_SERVR_PORT=1"});
  prints({"show", "--strict", "--file", "base.toml", "--env", "APP_"},
         "name        = \"shop\"\nserver.host = \"localhost\"\nserver.port = 1\n", {"APP_SERVER_PORT=1"});
}

TEST_F(Show, Json) {
  prints({"show", "--json", "--set", "a.b=1"},
         "[\n  {\n    \"path\": \"a.b\",\n    \"value\": 1,\n    \"origin\": {\n      \"kind\": \"argument\",\n"
         "      \"name\": \"--set\"\n    }\n  }\n]\n");
  write("nan.toml", "[a]\nb = nan\n");
  EXPECT_NE(superconfig({"show", "--json", "--file", "nan.toml"}).err.find("a.b: "), std::string::npos);
  write("broken.toml", "x = 1\nx = 2\n");
  const auto ran = superconfig({"show", "--json", "--file", "broken.toml"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  for (const char* part : {"\"code\": \"parse\"", "\"line\": 2", "\"related\""})
    EXPECT_NE(ran.err.find(part), std::string::npos) << part << " is not in:\n" << ran.err;
}

TEST_F(Show, VariablesFindTheKeysOfTheLayersBelow) {
  write("keys.toml", "max_conn = 1\n[some-table]\ninnerKey = 2\n");
  prints({"show", "--file", "keys.toml", "--env", "APP_"}, "max_conn            = 5\nsome-table.innerKey = 6\n",
         {"APP_MAX_CONN=5", "APP_SOME_TABLE__INNERKEY=6"});
}

TEST_F(Show, EveryErrorAtOnceAndNothingOnTheStandardOutput) {
  write("broken.toml", "x = \n");
  write("broken.json", "{\"a\": 1,}");
  const auto ran = superconfig({"show", "--file", "base.toml", "--file", "broken.toml", "--file", "missing.toml",
                                "--file", "broken.json", "--env", "APP_", "--set", "a..b=1"},
                               {"APP_A____B=1"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 5) << ran.err;
  for (const char* part : {"error: broken.toml:1:", "missing.toml", "error: broken.json:1:", "APP_A____B", "a..b"})
    EXPECT_NE(ran.err.find(part), std::string::npos) << part << " is not in:\n" << ran.err;
}

}  // namespace
