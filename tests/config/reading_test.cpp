// Reading: get, get_or, try_get, has_key, keys, find_value, value, as text.
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

const SuperConfig& sample() {
  static const auto config = SuperConfig().merge(layer("low", R"({
    "a": {"b": {"c": 1}, "x.y": {"": "empty"}, "null": null},
    "servers": [{"host": "h0"}, {"host": "h1", "tags": ["t0", "t1"]}],
    "map": {"0": "zero", "01": "padded"},
    "text": "s", "long": "a string that is too long to lie inside of a value", "yes": true, "f": 1.5, "n": -1,
    "big": 18446744073709551615, "list": [1, 2], "mixed": [1, "a"], " ": "space", "": "empty key", "A": "upper"})"));
  return config;
}

TEST(Reading, paths_reach_dicts_arrays_and_quoted_keys) {
  struct {
    const char *path, *value;
  } const cases[] = {
      {"a.b.c", "1"},
      {"a.\"x.y\".\"\"", R"("empty")"},
      {"a.null", "null"},
      {"servers[1].host", R"("h1")"},
      {"servers.1.host", R"("h1")"},
      {"servers[1].tags[0]", R"("t0")"},
      {"servers.1.tags.1", R"("t1")"},
      {"map.0", R"("zero")"},
      {"map[0]", R"("zero")"},
      {"map.01", R"("padded")"},
      {"\" \"", R"("space")"},
      {" ", R"("space")"},
      {"\"\"", R"("empty key")"},
      {"A", R"("upper")"},
      {"servers[2]", "nothing"},
      {"servers.01", "nothing"},
      {"servers.-1", "nothing"},
      {"servers.4294967295", "nothing"},
      {"servers.99999999999999999999", "nothing"},
      {"servers.host", "nothing"},
      {"text.x", "nothing"},
      {"a.b.c.d", "nothing"},
      {"b", "nothing"},
      {"TEXT", "nothing"},
  };
  for (const auto& [path, value] : cases) {
    const auto found = sample().find_value(path);
    const bool there = std::string_view(value) != "nothing";
    EXPECT_EQ(found ? found->to_string() : "nothing", value) << path;
    EXPECT_EQ(sample().has_key(path), there) << path;
    EXPECT_EQ(sample().contains(path), there) << path;
    EXPECT_EQ(sample().find_metadata(path).has_value(), there) << path;
    const auto as_list = Path::parse(path).value_or_throw();
    EXPECT_EQ(sample().try_get<Value>(as_list).ok(), there) << path;
    EXPECT_EQ(sample().try_get<Value>(Key(as_list)).ok(), there) << path;
    EXPECT_EQ(sample().try_get<Value>(Key(path)).ok(), there) << path;
  }
  EXPECT_EQ(sample().find_value("")->size(), sample().value().size()) << "the empty path is the root";
  EXPECT_TRUE(sample().has_key(""));
}

TEST(Reading, every_door_refuses_what_is_no_path) {
  for (const char* path : {"a..b", ".a", "a.", ".", "a[", "a[]", "a[x]", "a[-1]", "a]", "\"a", "a\"b", "a[0]b", "a\"\"",
                           "\"a\"b", "\"\\n\"", "a.[0]"}) {
    SCOPED_TRACE(path);
    const auto refused = [](const auto& result) {
      return !result.ok() && result.error().size() == 1 && result.error()[0].code == ErrorCode::invalid_path;
    };
    EXPECT_TRUE(refused(sample().try_get<int>(path)));
    EXPECT_TRUE(refused(sample().try_contains(path)));
    EXPECT_TRUE(refused(sample().try_keys(path)));
    EXPECT_TRUE(refused(sample().try_find_value(path)));
    EXPECT_TRUE(refused(sample().try_find_metadata(path)));
    EXPECT_TRUE(refused(sample().try_explain(path)));
    EXPECT_TRUE(refused(sample().try_extract_inner<Value>(path)));
    EXPECT_TRUE(refused(Key::parse(path)));
    EXPECT_THROW((void)sample().get_or<int>(path, 5), ConfigError);
    EXPECT_THROW((void)Key(path), ConfigError);
  }
}

TEST(Reading, get_gives_the_type_that_is_asked_for) {
  EXPECT_EQ(sample().get<int>("a.b.c"), 1);
  EXPECT_EQ(sample().get<std::string>("text"), "s");
  EXPECT_EQ(sample().get_string("long"), "a string that is too long to lie inside of a value");
  EXPECT_TRUE(sample().get<bool>("yes"));
  EXPECT_EQ(sample().get<double>("f"), 1.5);
  EXPECT_EQ(sample().get<double>("n"), -1.0);
  EXPECT_EQ(sample().get<std::uint64_t>("big"), UINT64_MAX);
  EXPECT_EQ(sample().get_array<int>("list"), (std::vector<int>{1, 2}));
  EXPECT_EQ((sample().get<std::array<int, 2>>("list")), (std::array<int, 2>{1, 2}));
  EXPECT_EQ((sample().get<std::map<std::string, std::string>>("map")),
            (std::map<std::string, std::string>{{"0", "zero"}, {"01", "padded"}}));
  EXPECT_EQ(sample().get<std::optional<int>>("a.null"), std::nullopt);
  EXPECT_EQ(sample().get<std::optional<int>>("n"), -1);
  EXPECT_EQ(sample().get<Value>("a.b"), json(R"({"c":1})"));
  EXPECT_EQ(sample().get<Tagged<int>>("n").origin.name, "low");
}

TEST(Reading, get_of_a_wrong_type_says_what_it_found_where_and_whose) {
  const auto problem = [](const auto& result) { return brief(result.error()); };
  EXPECT_EQ(problem(sample().try_get<int>("text")),
            R"(invalid_type low: text: wrong type: expected an integer, found the string "s")");
  EXPECT_EQ(problem(sample().try_get<bool>("a.b")), "invalid_type low: a.b: wrong type: expected a bool, found a dict");
  EXPECT_EQ(problem(sample().try_get<unsigned>("n")),
            "invalid_value low: n: value not allowed: expected an integer from 0 to 4294967295, found the integer -1");
  EXPECT_EQ(problem(sample().try_get<int>("f")),
            "invalid_type low: f: wrong type: expected an integer, found the float 1.5");
  EXPECT_EQ(problem(sample().try_get<int>("a.null")),
            "invalid_type low: a.null: wrong type: expected an integer, found null");
  const auto items = sample().try_get<std::vector<int>>("mixed").error();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].path, (std::vector<std::string>{"mixed", "1"}));
  EXPECT_EQ(items[0].profile, "default");
  EXPECT_EQ(items[0].origin.layer, std::vector<std::uint32_t>{0});
}

TEST(Reading, get_of_a_missing_key_names_the_whole_path_and_a_neighbour) {
  const auto errors = sample().try_get<int>("a.b.d.e").error();
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, ErrorCode::missing_field);
  EXPECT_TRUE(errors[0].path.empty());
  EXPECT_EQ(errors[0].field, "a.b.d.e");
  EXPECT_EQ(errors[0].profile, "default");
  EXPECT_EQ(sample().try_get<int>("txt").error()[0].hint, "did you mean `text`?");
  EXPECT_EQ(sample().try_get<int>("map.001").error()[0].hint, "did you mean `01`?");
  EXPECT_EQ(sample().try_get<int>("zzz").error()[0].hint, "");
  EXPECT_THROW((void)sample().get<int>("zzz"), ConfigError);
  EXPECT_THROW((void)sample().get<std::string>(Path{"zzz"}), ConfigError);
  EXPECT_EQ(sample().try_get<int>(Path{"q.r"}).error()[0].field, "\"q.r\"");
}

TEST(Reading, get_or_falls_back_for_missing_and_null_only) {
  EXPECT_EQ(sample().get_or<int>("n", 5), -1);
  EXPECT_EQ(sample().get_or<int>("missing", 5), 5);
  EXPECT_EQ(sample().get_or<int>("a.missing.x", 5), 5);
  EXPECT_EQ(sample().get_or<int>("servers[7]", 5), 5);
  EXPECT_EQ(sample().get_or<int>("a.null", 5), 5);
  EXPECT_EQ(sample().get_or<std::string>("text", "x"), "s");
  EXPECT_EQ(sample().get_or<std::vector<int>>("missing", {7}), std::vector<int>{7});
  EXPECT_THROW((void)sample().get_or<int>("text", 5), ConfigError) << "a wrong type is no missing key";
  EXPECT_THROW((void)sample().get_or<int>("", 5), ConfigError);
}

TEST(Reading, keys_are_the_names_of_a_dict_in_the_order_of_declaration) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(sample().keys("a"), (Names{"b", "x.y", "null"}));
  EXPECT_EQ(sample().keys("servers[1]"), (Names{"host", "tags"}));
  EXPECT_EQ(sample().keys().front(), "a");
  EXPECT_EQ(SuperConfig().keys(), Names{});
  EXPECT_EQ(sample().with_value("a.z", 1).with_value("a.b", 2).keys("a"), (Names{"b", "x.y", "null", "z"}));
  EXPECT_EQ(brief(sample().try_keys("text").error()),
            "invalid_type low: text: wrong type: expected a dict, found string");
  EXPECT_EQ(sample().try_keys("servers").error()[0].found, "array");
  EXPECT_EQ(sample().try_keys("missing").error()[0].code, ErrorCode::missing_field);
}

TEST(Reading, an_empty_configuration_is_an_empty_dict) {
  const SuperConfig none;
  EXPECT_EQ(shown(none), "{}");
  EXPECT_FALSE(none.has_key("a"));
  EXPECT_TRUE(none.has_key(""));
  EXPECT_FALSE(none.find_value("a"));
  EXPECT_FALSE(none.find_metadata("a"));
  EXPECT_EQ(none.get_or<int>("a", 1), 1);
  EXPECT_EQ(none.try_get<int>("a").error()[0].code, ErrorCode::missing_field);
  EXPECT_TRUE(none.profiles().empty());
  EXPECT_EQ(none.profile(), "default");
  EXPECT_TRUE(none.layers().empty());
  EXPECT_TRUE(none.warnings().empty());
  EXPECT_TRUE(none.resolve().ok());
  EXPECT_EQ(none.as_json(), "{}");
  EXPECT_FALSE(none.explain("a").value);
  EXPECT_EQ(shown(SuperConfig().merge(none)), "{}");
  EXPECT_EQ(shown(none.select("x")), "{}");
  EXPECT_EQ(none.select("x").profile(), "x");
  EXPECT_EQ(shown(none.focus("x")), "{}");
}

struct Inner {
  int port = 0;
};
struct Outer {
  Inner server;
  std::string name = "none";
};

TEST(Reading, extract_reads_a_type_at_the_root_or_below_a_path) {
  const auto config = SuperConfig().merge(layer("low", R"({"server":{"port":1},"deep":{"er":{"port":2}}})"));
  EXPECT_EQ(config.extract<Outer>().server.port, 1);
  EXPECT_EQ(config.extract_inner<Inner>("server").port, 1);
  EXPECT_EQ(config.extract_inner<Inner>("deep.er").port, 2);
  EXPECT_EQ(config.extract_inner<int>("deep.er.port"), 2);
  EXPECT_EQ(config.try_extract_inner<Inner>("deep.missing").error()[0].code, ErrorCode::missing_field);
  const auto wrong = config.with_value("deep.er.port", "x").try_extract_inner<Inner>("deep.er").error();
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(path_text(wrong[0].path), "deep.er.port");
  EXPECT_EQ(wrong[0].origin.layer, std::vector<std::uint32_t>{1});
  EXPECT_TRUE(SuperConfig().with_value("on", "yes").extract_inner_lossy<bool>("on"));
}

TEST(Reading, as_text_is_the_composed_tree_and_masks_nothing) {
  const auto config = SuperConfig().merge(layer("low", R"({"b":{"password":"secret"},"a":[1]})"));
  EXPECT_EQ(config.as_json(), "{\n  \"b\": {\n    \"password\": \"secret\"\n  },\n  \"a\": [\n    1\n  ]\n}");
  EXPECT_EQ(config.as_toml(), "a = [1]\n\n[b]\npassword = \"secret\"\n");
  EXPECT_EQ(config.with_value("x", nullptr).try_as_toml().error()[0].path, std::vector<std::string>{"x"});
  EXPECT_EQ(config.with_value("x.y", std::numeric_limits<double>::infinity()).try_as_json().error()[0].path_text(),
            "x.y");
}

// ---- what is declared to be secret ----

struct Login {
  std::string user = "me";
  Secret<std::string> pin{"1234"};
  std::optional<Secret<int>> code;
};
struct Logins {
  Login main;
  std::vector<Login> more{Login{}};
  std::map<std::string, Secret<std::string>> keys{{"a", Secret<std::string>("one")}};
};

TEST(Reading, as_text_masks_what_a_type_declares_secret_unless_it_is_revealed) {
  const auto config =
      SuperConfig().with_defaults(Logins{}).merge(layer("high", R"({"main":{"pin":"5678","code":42}})"));
  EXPECT_EQ(json(config.as_json()), json(R"({"main":{"user":"me","pin":"***","code":"***"},
    "more":[{"user":"me","pin":"***","code":null}],"keys":{"a":"***"}})"));
  EXPECT_EQ(json(config.as_json(Secrets::reveal)), json(R"({"main":{"user":"me","pin":"5678","code":42},
    "more":[{"user":"me","pin":"1234","code":null}],"keys":{"a":"one"}})"));
  EXPECT_EQ(config.as_yaml().find("5678"), std::string::npos);
  EXPECT_NE(config.as_yaml(Secrets::reveal).find("5678"), std::string::npos);
  const auto by_shape = SuperConfig().with_shape<Login>().merge(layer("high", R"({"pin":"5678","password":"x"})"));
  EXPECT_EQ(by_shape.as_toml(), "pin = \"***\"\npassword = \"x\"\n") << "a name alone is none there";
  EXPECT_EQ(by_shape.get<std::string>("pin"), "5678");
  EXPECT_EQ(by_shape.extract<Login>().pin.reveal(), "5678");
}

TEST(Reading, what_a_type_declares_secret_is_found_through_focuses_and_configurations) {
  const auto inner = SuperConfig().with_defaults(Logins{}).focus("main");
  EXPECT_EQ(json(inner.as_json()), json(R"({"user":"me","pin":"***","code":null})"));
  EXPECT_EQ(SuperConfig().merge(inner).as_json().find("1234"), std::string::npos);
  const auto at_key = SuperConfig().merge(Defaults(to_value(Login{})).of(shape_of<Login>()).at("x.y"));
  EXPECT_EQ(json(at_key.as_json()), json(R"({"x":{"y":{"user":"me","pin":"***","code":null}}})"));
  EXPECT_EQ(json(at_key.focus("x").as_json()), json(R"({"y":{"user":"me","pin":"***","code":null}})"));
  EXPECT_EQ(json(at_key.focus("x.y").as_json()), json(R"({"user":"me","pin":"***","code":null})"));
  EXPECT_EQ(json(SuperConfig().with_cli_opt(std::optional(Login{})).as_json()), json(R"({"user":"me","pin":"***"})"));
}

TEST(Reading, what_a_type_declares_secret_is_masked_for_people_too) {
  const auto config = SuperConfig().with_defaults(Logins{});
  for (const auto* path : {"", "main", "main.pin", "more", "more[0]", "keys.a"}) {
    const auto text = config.explain(path).to_string();
    EXPECT_EQ(text.find("1234"), std::string::npos) << text;
    EXPECT_EQ(text.find("one"), std::string::npos) << text;
  }
  EXPECT_NE(config.explain("main.pin").to_string(true).find("1234"), std::string::npos);
  EXPECT_EQ(config.debug_config().find("1234"), std::string::npos);
}

TEST(Reading, hostile_keys_are_plain_data) {
  for (const std::string key : {"__proto__", "constructor", "hasOwnProperty", "", " ", ".", "a.b", "[0]", "\"", "\\",
                                "\n", "é", "e\xCC\x81", "!unset", "_add", "default", "global"}) {
    const auto path = Path{key}.to_string();
    const auto config = SuperConfig().with_value(path, 1).with_value(Path{"d", key}.to_string(), 2);
    EXPECT_EQ(config.get<int>(path), 1) << key;
    EXPECT_EQ(config.get<int>(Path{"d", key}), 2) << key;
    EXPECT_EQ(config.keys("d"), std::vector<std::string>{key});
    EXPECT_EQ(config.explain(path).path, path);
    EXPECT_EQ(config.explain(path).value, Value(1));
    EXPECT_EQ(parse_json(Source::text("t", config.as_json())).value_or_throw(), config.value()) << key;
  }
  const std::string nul("a\0b", 3);
  const auto config = SuperConfig().with_value(nul, 1);
  EXPECT_EQ(config.get<int>(nul), 1);
  EXPECT_FALSE(config.has_key("a"));
  EXPECT_EQ(config.keys(), std::vector<std::string>{nul});
  EXPECT_EQ(SuperConfig().with_value("é", 1).with_value("e\xCC\x81", 2).keys().size(), 2U)
      << "NFC and NFD are two keys";
}

}  // namespace
}  // namespace superconfig::testing
