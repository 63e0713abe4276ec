// `superconfig get PATH`: one value, bare, for scripts.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

class Get : public CommandTest {
 protected:
  Get() {
    write("app.toml",
          "text = 'a \"quoted\" text'\nflag = true\nratio = 2.50\nwhen = 1979-05-27T07:32:00Z\n"
          "list = [1, 'two']\n\"a.b\" = 1\nshow = 'a key'\n"
          "[server]\nport = 8080\npassword = 'hunter2'\n[[server.peers]]\nhost = 'a'\n[[server.peers]]\nhost = 'b'\n");
  }
  void gives(const std::string& path, const std::string& expected) {
    SCOPED_TRACE(path);
    prints({"get", path, "--file", "app.toml"}, expected);
  }
};

TEST_F(Get, ScalarsAreBare) {
  gives("text", "a \"quoted\" text\n");
  gives("flag", "true\n");
  gives("ratio", "2.5\n");
  gives("when", "1979-05-27T07:32:00Z\n");
  gives("server.port", "8080\n");
}

TEST_F(Get, SecretsAreNotMasked) { gives("server.password", "hunter2\n"); }

TEST_F(Get, Paths) {
  gives("list[1]", "two\n");
  gives("list.0", "1\n");
  gives("server.peers[1].host", "b\n");
  gives("\"a.b\"", "1\n");
  gives("show", "a key\n");
}

TEST_F(Get, TablesAndArraysAreToml) {
  gives("list", "[1, \"two\"]\n");
  gives("server", "port = 8080\npassword = \"hunter2\"\n\n[[peers]]\nhost = \"a\"\n\n[[peers]]\nhost = \"b\"\n");
}

TEST_F(Get, Formats) {
  prints({"get", "text", "--format", "json", "--file", "app.toml"}, "\"a \\\"quoted\\\" text\"\n");
  prints({"get", "text", "--format", "toml", "--file", "app.toml"}, "\"a \\\"quoted\\\" text\"\n");
  prints({"get", "list", "--format", "json", "--file", "app.toml"}, "[\n  1,\n  \"two\"\n]\n");
}

TEST_F(Get, TextFromTheEnvironmentIsReadByItsGuess) {
  prints({"get", "flag", "--file", "app.toml", "--env", "APP_"}, "false\n", {"APP_FLAG=off"});
  prints({"get", "list", "--file", "app.toml", "--env", "APP_"}, "[3, 4]\n", {"APP_LIST=[3,4]"});
  prints({"get", "url", "--env", "APP_"}, "http://a:b@c/\n", {"APP_URL=http://a:b@c/"});
}

TEST_F(Get, AMissingKeyIsANo) {
  fails({"get", "server.prot", "--file", "app.toml"}, 1,
        "error: server.prot: there is no such key (did you mean `server.port`?)\n");
  fails({"get", "zzz", "--file", "app.toml"}, 1, "error: zzz: there is no such key\n");
  fails({"get", "list[2]", "--file", "app.toml"}, 1, "error: list.2: there is no such key\n");
  fails({"get", "x"}, 1, "error: x: there is no such key\n");
}

TEST_F(Get, WhatCannotBeUsed) {
  for (const auto& arguments : {superconfig::test::Words{"get", "a..b", "--file", "app.toml"},
                                superconfig::test::Words{"get", "x", "--file", "nowhere.toml"},
                                superconfig::test::Words{"get", "x", "--file", "app.toml", "--file", "also.toml"}}) {
    const auto ran = superconfig(arguments);
    EXPECT_EQ(ran.status, 2) << arguments[1];
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
  }
}

TEST_F(Get, NullHasNoToml) {
  write("null.json", R"({"a": {"b": null}, "c": [null]})");
  prints({"get", "a.b", "--file", "null.json"}, "null\n");
  const auto array = superconfig({"get", "c", "--file", "null.json"});
  EXPECT_EQ(array.status, 2);
  EXPECT_EQ(array.out, "");
  prints({"get", "c", "--format", "json", "--file", "null.json"}, "[\n  null\n]\n");
}

}  // namespace
