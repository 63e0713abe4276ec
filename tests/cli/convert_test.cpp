// `superconfig convert`: a document in another format.
#include "cli/command.hpp"

namespace {

using superconfig::test::CommandTest;

using Convert = CommandTest;

constexpr const char* toml =
    "title = \"x\"\nbig = 9223372036854775807\nratio = 1.0\nday = 1979-05-27\npassword = \"hunter2\"\n"
    "list_add = [1]\n\"x!unset\" = true\n\n[table]\nb = 1\na = 2\n";
constexpr const char* json =
    "{\n  \"title\": \"x\",\n  \"big\": 9223372036854775807,\n  \"ratio\": 1.0,\n  \"day\": \"1979-05-27\",\n"
    "  \"password\": \"hunter2\",\n  \"list_add\": [\n    1\n  ],\n  \"x!unset\": true,\n"
    "  \"table\": {\n    \"b\": 1,\n    \"a\": 2\n  }\n}\n";

TEST_F(Convert, FilesAndPipes) {
  write("a.toml", toml);
  prints({"convert", "--from", "toml", "--to", "json", "a.toml"}, json);
  prints({"convert", "--to", "json", "a.toml"}, json);
  for (const auto& arguments : {superconfig::test::Words{"convert", "--from", "toml", "--to", "json", "-"},
                                superconfig::test::Words{"convert", "--from", "toml", "--to", "json"}}) {
    const auto ran = superconfig(arguments, {}, toml);
    EXPECT_EQ(ran.out, json);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.status, 0);
  }
}

TEST_F(Convert, ToTheSameFormatIsALayout) {
  write("a.toml", toml);
  prints({"convert", "--to", "toml", "a.toml"}, toml);
  write("a.json", json);
  prints({"convert", "--to", "json", "a.json"}, json);
}

TEST_F(Convert, Yaml) {
  write("a.yaml", "a:\n  - 1\n  - x: no\nb: 0o14\n");
  prints({"convert", "--to", "json", "a.yaml"},
         "{\n  \"a\": [\n    1,\n    {\n      \"x\": \"no\"\n    }\n  ],\n  \"b\": 12\n}\n");
  write("a.toml", "version = '1.10'\n[t]\nlist = [1, 2]\n");
  prints({"convert", "--to", "yaml", "a.toml"}, "version: \"1.10\"\nt:\n  list:\n    - 1\n    - 2\n");
}

TEST_F(Convert, JsonWithCommentsIsOnlyRead) {
  const char* const text = "// a comment\n{\"a\": [1, 2,],}\n";
  const auto read = superconfig({"convert", "--from", "jsonc", "--to", "toml"}, {}, text);
  EXPECT_EQ(read.out, "a = [1, 2]\n");
  write("a.jsonc", text);
  prints({"convert", "--to", "toml", "a.jsonc"}, "a = [1, 2]\n");
  EXPECT_EQ(superconfig({"convert", "--from", "json", "--to", "toml"}, {}, text).status, 2);
  EXPECT_EQ(superconfig({"convert", "--to", "jsonc", "a.jsonc"}).status, 2);
}

TEST_F(Convert, EmptyDocuments) {
  write("empty.toml", "");
  prints({"convert", "--to", "json", "empty.toml"}, "{}\n");
  prints({"convert", "--to", "toml", "empty.toml"}, "");
}

TEST_F(Convert, WhatTheOtherFormatCannotHold) {
  const auto null =
      superconfig({"convert", "--from", "json", "--to", "toml"}, {}, "{\"a\": {\"b\": null},\n \"c\": null}");
  EXPECT_EQ(null.status, 2);
  EXPECT_EQ(null.out, "");
  EXPECT_NE(null.err.find("error: <stdin>:1:13: a.b: "), std::string::npos) << null.err;
  EXPECT_NE(null.err.find("error: <stdin>:2:7: c: "), std::string::npos) << null.err;
  const auto nan = superconfig({"convert", "--from", "toml", "--to", "json"}, {}, "x = nan");
  EXPECT_EQ(nan.status, 2);
  EXPECT_EQ(nan.out, "");
}

TEST_F(Convert, BrokenInput) {
  const auto ran = superconfig({"convert", "--from", "toml", "--to", "json"}, {}, "a = 1\nb = [1,\n");
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.starts_with("error: <stdin>:")) << ran.err;
  EXPECT_EQ(superconfig({"convert", "--to", "json", "nowhere.toml"}).status, 2);
  EXPECT_EQ(superconfig({"convert", "--from", "json", "--to", "toml"}, {}, "").status, 2);
  EXPECT_EQ(superconfig({"convert", "--from", "json", "--to", "toml"}, {}, "[1]").status, 2);
}

TEST_F(Convert, TheFormatMustBeKnown) {
  write("data", "a = 1");
  fails({"convert", "--to", "json", "data"}, 2, "error: which format is data? Say --from toml, yaml, json or jsonc\n");
  fails({"convert", "--to", "json"}, 2,
        "error: which format is the standard input? Say --from toml, yaml, json or jsonc\n");
  prints({"convert", "--from", "toml", "--to", "json", "data"}, "{\n  \"a\": 1\n}\n");
}

}  // namespace
