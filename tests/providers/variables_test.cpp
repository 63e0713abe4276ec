// `with_env`: how the names of variables find their keys, and what their values are.
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

struct NameCase {
  const char* what;
  const char* below;
  Environment variables;
  std::string result;  // the whole tree, as JSON in any order of keys, or the errors
};

void check(const std::vector<NameCase>& cases) {
  for (const auto& test : cases) {
    SCOPED_TRACE(test.what);
    const auto config = SuperConfig().merge(layer("below", test.below)).with_env("APP_", test.variables);
    const auto tree = config.try_value();
    if (tree && test.result.starts_with('{')) {
      EXPECT_EQ(*tree, json(test.result)) << shown(tree) << " instead of " << test.result;
    } else {
      EXPECT_EQ(shown(tree), test.result);
    }
  }
}

// ---- names without known keys ----

TEST(VariableNames, nest_at_double_underscores_else_at_the_first_single_one) {
  check({
      {"one word is a key", "{}", {{"APP_PORT", "1"}}, R"({"port":1})"},
      {"two underscores nest", "{}", {{"APP_FOO__BAR", "1"}}, R"({"foo":{"bar":1}})"},
      {"the first single one nests", "{}", {{"APP_DATABASE_MAX_CONN", "1"}}, R"({"database":{"max_conn":1}})"},
      {"but not beside double ones", "{}", {{"APP_FOO_BAR__BAZ_QUX", "1"}}, R"({"foo_bar":{"baz_qux":1}})"},
      {"many levels", "{}", {{"APP_A__B__C__D", "1"}}, R"({"a":{"b":{"c":{"d":1}}}})"},
      {"a leading one is part of the key", "{}", {{"APP__X", "1"}}, R"({"_x":1})"},
      {"so is a trailing one", "{}", {{"APP_X_", "1"}}, R"({"x_":1})"},
      {"a dot is part of the key", "{}", {{"APP_A.B", "1"}}, R"({"a.b":1})"},
      {"a hyphen too", "{}", {{"APP_A-B", "1"}}, R"({"a-b":1})"},
      {"a quote and brackets too", "{}", {{"APP_A\"[0]", "1"}}, R"({"a\"[0]":1})"},
      {"only ASCII is lower-cased", "{}", {{"APP_ÄPFEL", "1"}}, R"({"Äpfel":1})"},
      {"the prefix alone names nothing", "{}", {{"APP_", "1"}}, R"({})"},
      {"other variables do not count", "{}", {{"APPLE", "1"}, {"OTHER_APP_X", "1"}, {"APP", "1"}}, R"({})"},
      {"the prefix is case-sensitive", "{}", {{"app_x", "1"}, {"App_Y", "2"}}, R"({})"},
      {"the rest is not", "{}", {{"APP_x", "1"}, {"APP_Yy", "2"}}, R"({"x":1,"yy":2})"},
  });
}

TEST(VariableNames, with_an_empty_segment_are_errors_that_name_the_variable) {
  for (const char* name : {"APP___A", "APP_A___B", "APP_A__", "APP__", "APP___", "APP_A____B", "APP_A__B____C"})
    EXPECT_EQ(shown(SuperConfig().with_env("APP_", {{name, "1"}})), "invalid_path env " + std::string(name) +
                                                                        ": the name of the variable `" + name +
                                                                        "` has an empty segment (`__` nests)");
  EXPECT_EQ(shown(SuperConfig().with_env("APP_", {{"APP_A__", "1"}, {"APP_B__", "1"}})),
            "invalid_path env APP_A__: the name of the variable `APP_A__` has an empty segment (`__` nests)\n"
            "invalid_path env APP_B__: the name of the variable `APP_B__` has an empty segment (`__` nests)")
      << "every one is reported";
}

TEST(VariableNames, may_have_any_prefix) {
  const Environment variables{{"PREFIX_X", "1"}, {"X", "2"}, {"ÄX", "3"}};
  EXPECT_EQ(SuperConfig().with_env("", variables).value(), json(R"({"prefix":{"x":1},"x":2,"Äx":3})"));
  EXPECT_EQ(shown(SuperConfig().with_env("PREFIX", variables)), R"({"_x":1})");
  EXPECT_EQ(shown(SuperConfig().with_env("Ä", variables)), R"({"x":3})");
}

// ---- names and known keys ----

TEST(VariableNames, match_known_keys_in_all_ways_to_read_an_underscore) {
  check({
      {"a key with underscores", R"({"max_conn":0})", {{"APP_MAX_CONN", "1"}}, R"({"max_conn":1})"},
      {"a nested key", R"({"db":{"max_conn":0}})", {{"APP_DB_MAX_CONN", "1"}}, R"({"db":{"max_conn":1}})"},
      {"levels and underscores mixed",
       R"({"a_b":{"c":{"d_e":0}}})",
       {{"APP_A_B_C_D_E", "1"}},
       R"({"a_b":{"c":{"d_e":1}}})"},
      {"a dict is a key too", R"({"a_b":{"c":0}})", {{"APP_A_B", R"({"d":1})"}}, R"({"a_b":{"c":0,"d":1}})"},
      {"a key with hyphens", R"({"some-key":0})", {{"APP_SOME_KEY", "1"}}, R"({"some-key":1})"},
      {"hyphens at every level", R"({"x-y":{"z-w":0}})", {{"APP_X_Y_Z_W", "1"}}, R"({"x-y":{"z-w":1}})"},
      {"a key in camel case", R"({"camelKey":0})", {{"APP_CAMELKEY", "1"}}, R"({"camelKey":1})"},
      {"camel case at every level",
       R"({"httpServer":{"maxConn":0}})",
       {{"APP_HTTPSERVER_MAXCONN", "1"}},
       R"({"httpServer":{"maxConn":1}})"},
      {"but camel case has no underscore",
       R"({"camelKey":0})",
       {{"APP_CAMEL_KEY", "1"}},
       R"({"camelKey":0,"camel":{"key":1}})"},
      {"a key with a dot", R"({"a.b":0})", {{"APP_A.B", "1"}}, R"({"a.b":1})"},
      {"a dot is no level", R"({"a":{"b":0}})", {{"APP_A.B", "1"}}, R"({"a":{"b":0},"a.b":1})"},
      {"nor is a level a dot", R"({"a.b":0})", {{"APP_A_B", "1"}}, R"({"a.b":0,"a":{"b":1}})"},
      {"a known key is not known in part",
       R"({"my_db":{"host":0}})",
       {{"APP_MY_DB_PORT", "1"}},
       R"({"my_db":{"host":0},"my":{"db_port":1}})"},
      {"an item of an array",
       R"({"servers":[{"host":"a"}]})",
       {{"APP_SERVERS_0_HOST", "b"}},
       R"({"servers":[{"host":"b"}]})"},
      {"a key of null", R"({"a_b":null})", {{"APP_A_B", "1"}}, R"({"a_b":1})"},
      {"keys inside of text", R"({})", {{"APP_A_B", R"({"c_d":1})"}, {"APP_X", "1"}}, R"({"a":{"b":{"c_d":1}},"x":1})"},
  });
}

TEST(VariableNames, with_double_underscores_take_the_known_spelling_of_each_segment) {
  check({
      {"case", R"({"Db":{"maxConn":0}})", {{"APP_DB__MAXCONN", "1"}}, R"({"Db":{"maxConn":1}})"},
      {"hyphens", R"({"my-db":{"max-conn":0}})", {{"APP_MY_DB__MAX_CONN", "1"}}, R"({"my-db":{"max-conn":1}})"},
      {"unknown below known", R"({"Db":{"host":0}})", {{"APP_DB__PORT", "1"}}, R"({"Db":{"host":0,"port":1}})"},
      {"unknown is lower case", R"({})", {{"APP_Db__Port", "1"}}, R"({"db":{"port":1}})"},
      {"a segment is no path", R"({"a":{"b":0}})", {{"APP_A_B__C", "1"}}, R"({"a":{"b":0},"a_b":{"c":1}})"},
  });
}

TEST(VariableNames, that_fit_several_known_keys_are_errors_that_name_them) {
  const auto error = [](std::string_view keys) {
    return "ambiguous_key env APP_A_B: the variable `APP_A_B` may mean " + std::string(keys) +
           " (write `__` where a level begins)";
  };
  check({
      {"a level or an underscore", R"({"a_b":0,"a":{"b":0}})", {{"APP_A_B", "1"}}, error("`a_b` and `a.b`")},
      {"an underscore or a hyphen", R"({"a-b":0,"a_b":0})", {{"APP_A_B", "1"}}, error("`a-b` and `a_b`")},
      {"two cases", R"({"A_b":0,"a_B":0})", {{"APP_A_B", "1"}}, error("`A_b` and `a_B`")},
      {"two cases of a level", R"({"A":{"b":0},"a":{"b":0}})", {{"APP_A_B", "1"}}, error("`A.b` and `a.b`")},
      {"all of them", R"({"a_b":0,"a-b":0,"a":{"b":0}})", {{"APP_A_B", "1"}}, error("`a_b`, `a-b` and `a.b`")},
      {"a key and an edit",
       R"({"a":{"b_add":0,"b":[0]}})",
       {{"APP_A_B_ADD", "1"}},
       "ambiguous_key env APP_A_B_ADD: the variable `APP_A_B_ADD` may mean `a.b_add` and `a.b_add` (write `__` where a "
       "level begins)"},
      {"two spellings of a segment",
       R"({"Db":{"x":0},"db":{"x":0}})",
       {{"APP_DB__X", "1"}},
       "ambiguous_key env APP_DB__X: the variable `APP_DB__X` may mean `Db` and `db` (write `__` where a level "
       "begins)"},
      {"two spellings of an inner segment",
       R"({"db":{"X":0,"x":0}})",
       {{"APP_DB__X", "1"}},
       "ambiguous_key env APP_DB__X: the variable `APP_DB__X` may mean `db.X` and `db.x` (write `__` where a level "
       "begins)"},
      {"a dict that only begins alike is no candidate",
       R"({"a_b":0,"a":{"c":0}})",
       {{"APP_A_B", "1"}},
       R"({"a_b":1,"a":{"c":0}})"},
      {"double underscores settle it", R"({"a_b":0,"a":{"b":0}})", {{"APP_A__B", "1"}}, R"({"a_b":0,"a":{"b":1}})"},
  });
}

TEST(VariableNames, are_matched_against_all_layers_below_and_no_others) {
  const Environment variables{{"APP_MAX_CONN", "1"}};
  EXPECT_EQ(shown(SuperConfig()
                      .merge(layer("a", R"({"x":0})"))
                      .join(layer("b", R"({"max_conn":0})"))
                      .with_env("APP_", variables)),
            R"({"x":0,"max_conn":1})");
  EXPECT_EQ(shown(SuperConfig().with_env("APP_", variables).merge(layer("above", R"({"max_conn":0})"))),
            R"({"max":{"conn":1},"max_conn":0})");
  EXPECT_EQ(
      shown(
          SuperConfig().with_env("LOW_", {{"LOW_MAX__CONN", "0"}, {"LOW_MAX_CONN", "0"}}).with_env("APP_", variables)),
      R"({"max":{"conn":1}})")
      << "an environment below is a layer like any other";
}

TEST(VariableNames, are_matched_against_all_profiles_together) {
  const Environment variables{{"APP_MAX_CONN", "1"}};
  const auto in_dev = SuperConfig().merge(Json::string(R"({"max_conn":0})").profile("dev")).with_env("APP_", variables);
  EXPECT_EQ(shown(in_dev), R"({"max_conn":1})");
  EXPECT_EQ(shown(in_dev.select("dev")), R"({"max_conn":0})") << "it is written to default, below dev";
  EXPECT_EQ(shown(SuperConfig()
                      .merge(Json::string(R"({"max_conn":0})").profile("dev"))
                      .merge(layer("d", R"({"max":{"conn":0}})"))
                      .with_env("APP_", variables)),
            "ambiguous_key env APP_MAX_CONN: the variable `APP_MAX_CONN` may mean `max.conn` and `max_conn` (write "
            "`__` where a level begins)");
  EXPECT_EQ(shown(SuperConfig().with_override("max_conn", 0).merge(Variables("APP_", variables).global())),
            R"({"max_conn":1})");
}

TEST(VariableNames, are_relative_to_the_focus_below_them) {
  const auto below = SuperConfig().merge(layer("below", R"({"db":{"max_conn":0}})"));
  const Environment variables{{"APP_MAX_CONN", "1"}};
  EXPECT_EQ(shown(below.focus("db").with_env("APP_", variables)), R"({"max_conn":1})");
  EXPECT_EQ(shown(below.with_env("APP_", variables).focus("db")), R"({"max_conn":0})");
}

// ---- names and types ----

struct Pool {
  int max_conn = 10;
  std::optional<int> min_conn;
};
struct App {
  int max_conn = 10;
  Pool db_pool;
  std::vector<Pool> pools;
  std::map<std::string, Pool> named;
  std::string log_level = "info";
};
struct Ambiguous {
  int db_pool_max_conn = 0;
  Pool db_pool;
};

TEST(VariableNames, match_the_fields_of_the_type_that_is_extracted) {
  const auto config = SuperConfig().with_env(
      "APP_", {{"APP_MAX_CONN", "20"}, {"APP_DB_POOL_MAX_CONN", "30"}, {"APP_LOG_LEVEL", "debug"}});
  const auto app = config.extract<App>();
  EXPECT_EQ(app.max_conn, 20);
  EXPECT_EQ(app.db_pool.max_conn, 30);
  EXPECT_EQ(app.log_level, "debug");
  EXPECT_EQ(shown(config), R"({"max":{"conn":20},"db":{"pool_max_conn":30},"log":{"level":"debug"}})")
      << "an untyped read knows no type";
  EXPECT_EQ(config.get<int>("max.conn"), 20);
  EXPECT_FALSE(config.has_key("max_conn"));
}

TEST(VariableNames, match_a_type_below_the_path_it_is_extracted_at) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_DB_MAX_CONN", "20"}, {"APP_MAX_CONN", "30"}});
  EXPECT_EQ(config.extract_inner<Pool>("db").max_conn, 20);
  EXPECT_EQ(config.extract<Pool>().max_conn, 30);
  EXPECT_EQ(shown(config.try_extract_inner<Pool>("other")), R"(missing_field other: there is no value)");
}

TEST(VariableNames, match_a_shape_that_stands_below) {
  const Environment variables{{"APP_MAX_CONN", "20"}, {"APP_DB_POOL__MIN_CONN", "3"}, {"APP_NAMED__X__MAX_CONN", "4"}};
  EXPECT_EQ(shown(SuperConfig().with_shape<App>().with_env("APP_", variables)),
            R"({"max_conn":20,"db_pool":{"min_conn":3},"named":{"x":{"max_conn":4}}})");
  EXPECT_EQ(shown(SuperConfig().with_env("APP_", {{"APP_MAX_CONN", "20"}}).with_shape<App>()), R"({"max":{"conn":20}})")
      << "a shape above says nothing to the layers below";
  EXPECT_EQ(shown(SuperConfig().with_shape<App>().focus("db_pool").with_env("APP_", {{"APP_MAX_CONN", "20"}})),
            R"({"max":{"conn":20}})")
      << "a focus on what is nowhere a dict leaves nothing, but types go on";
}

struct Common {
  int log_depth = 0;
};
struct Named {
  int listen_port = 0;
  std::vector<std::string> allowed_hosts;
  Common common;
  std::optional<Pool> maybe_pool;
  Secret<std::string> api_key;

  static constexpr auto superconfig() {
    return annotate(field(&Named::listen_port).rename("listen-port").alias("http_port"),
                    field(&Named::common).flatten());
  }
};

TEST(VariableNames, match_fields_by_their_outside_names_aliases_flattened_and_through_optionals) {
  const auto config = SuperConfig().with_shape<Named>().with_env("APP_", {{"APP_LISTEN_PORT", "1"},
                                                                          {"APP_ALLOWED_HOSTS", "a,b"},
                                                                          {"APP_LOG_DEPTH", "3"},
                                                                          {"APP_MAYBE_POOL_MAX_CONN", "4"},
                                                                          {"APP_API_KEY", "5"}});
  EXPECT_EQ(config.keys(),
            (std::vector<std::string>{"listen-port", "allowed_hosts", "log_depth", "maybe_pool", "api_key"}));
  const auto named = config.extract<Named>();
  EXPECT_EQ(named.listen_port, 1);
  EXPECT_EQ(named.allowed_hosts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(named.common.log_depth, 3);
  EXPECT_EQ(named.maybe_pool->max_conn, 4);
  EXPECT_EQ(named.api_key.reveal(), "5");
  EXPECT_EQ(SuperConfig().with_env("APP_", {{"APP_HTTP_PORT", "6"}}).extract<Named>().listen_port, 6);
}

TEST(VariableNames, edit_arrays_that_only_the_type_knows) {
  EXPECT_EQ(SuperConfig().with_env("APP_", {{"APP_ALLOWED_HOSTS_ADD", "a,b"}}).extract<Named>().allowed_hosts,
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(shown(SuperConfig().with_shape<Named>().with_env("APP_", {{"APP_ALLOWED_HOSTS_ADD", "a"}})),
            R"({"allowed_hosts":["a"]})");
}

TEST(VariableNames, that_match_a_lower_key_are_not_looked_for_in_types) {
  const auto config =
      SuperConfig().merge(layer("below", R"({"max":{"conn":0}})")).with_env("APP_", {{"APP_MAX_CONN", "20"}});
  EXPECT_EQ(config.extract<App>().max_conn, 10);
  EXPECT_EQ(config.get<int>("max.conn"), 20);
}

TEST(VariableNames, ambiguous_in_the_type_are_errors) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_DB_POOL_MAX_CONN", "1"}});
  EXPECT_EQ(
      brief(config.try_extract<Ambiguous>().error()),
      "ambiguous_key env APP_DB_POOL_MAX_CONN: the variable `APP_DB_POOL_MAX_CONN` may mean `db_pool_max_conn` and "
      "`db_pool.max_conn` (write `__` where a level begins)");
  EXPECT_EQ(config.extract<App>().db_pool.max_conn, 1) << "another type is another question";
}

TEST(VariableNames, of_nobody_are_kept_and_named_by_explain_with_the_nearest_key) {
  const auto config = SuperConfig()
                          .merge(layer("below", R"({"server":{"port":1},"k":1})"))
                          .with_env("APP_", {{"APP_SERVR_PORT", "2"}, {"APP_K", "3"}});
  EXPECT_EQ(shown(config), R"({"server":{"port":1},"k":3,"servr":{"port":2}})");
  const auto all = config.explain().unmatched;
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].name, "APP_SERVR_PORT");
  EXPECT_EQ(path_text(all[0].path), "servr.port");
  EXPECT_EQ(all[0].nearest, "server.port");
  EXPECT_TRUE(config.explain("k").unmatched.empty());
  EXPECT_EQ(config.explain("servr").unmatched.size(), 1U);
}

struct Strict {
  int port = 0;
};

TEST(VariableNames, of_nobody_are_not_near_to_the_levels_that_they_make) {
  const auto nearest = [](const char* variable) {
    return SuperConfig()
        .merge(layer("below", R"({"server":{"max_conn":1,"host":"x"}})"))
        .with_env("APP_", {{variable, "1"}})
        .explain()
        .unmatched.at(0)
        .nearest;
  };
  EXPECT_EQ(nearest("APP_SERVR__X"), "server") << "the level is misspelled";
  EXPECT_EQ(nearest("APP_SERVR__MAX_CON"), "server.max_conn");
  EXPECT_EQ(nearest("APP_SERVER__HOTS"), "server.host");
  EXPECT_EQ(nearest("APP_QUITE__OTHER"), "");
}

TEST(VariableNames, of_nobody_are_errors_under_deny_unknown) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_PORT", "1"}, {"APP_PROT", "2"}});
  EXPECT_EQ(config.extract<Strict>().port, 1);
  const auto errors = config.try_extract<Strict>({.deny_unknown = true}).error();
  EXPECT_EQ(errors[0].code, ErrorCode::unknown_field);
  EXPECT_EQ(errors[0].path_text(), "prot");
  EXPECT_EQ(errors[0].hint, "did you mean `port`?");
  EXPECT_EQ(errors[0].origin.to_string(), "env APP_PROT");
}

TEST(VariableNames, of_nobody_are_one_error_each) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_PORT", "1"}, {"APP_PROT", "2"}});
  EXPECT_EQ(config.try_extract<Strict>({.deny_unknown = true}).error().size(), 1U);
}

// ---- whole and nested values ----

TEST(VariableNames, whole_values_apply_before_nested_ones_whatever_their_order) {
  check({
      {"whole first",
       "{}",
       {{"APP_DB", R"({"host":"x","port":1})"}, {"APP_DB__HOST", "y"}},
       R"({"db":{"host":"y","port":1}})"},
      {"nested first",
       "{}",
       {{"APP_DB__HOST", "y"}, {"APP_DB", R"({"host":"x","port":1})"}},
       R"({"db":{"host":"y","port":1}})"},
      {"over what is below",
       R"({"db":{"host":"z","user":"u"}})",
       {{"APP_DB__HOST", "y"}, {"APP_DB", R"({"port":1})"}},
       R"({"db":{"host":"y","user":"u","port":1}})"},
      {"three levels",
       "{}",
       {{"APP_A__B__C", "3"}, {"APP_A__B", R"({"c":2,"d":2})"}, {"APP_A", R"({"b":{"c":1,"d":1,"e":1}})"}},
       R"({"a":{"b":{"c":3,"d":2,"e":1}}})"},
      {"an array and an item of it", "{}", {{"APP_XS__0", "9"}, {"APP_XS", "[1,2]"}}, R"({"xs":[9,2]})"},
  });
}

TEST(VariableNames, a_scalar_beside_nested_ones_is_an_error_that_names_both) {
  for (const Environment& variables :
       {Environment{{"APP_DB", "1"}, {"APP_DB__HOST", "y"}}, Environment{{"APP_DB__HOST", "y"}, {"APP_DB", "1"}}})
    EXPECT_EQ(shown(SuperConfig().with_env("APP_", variables)),
              "conflict env APP_DB__HOST: db: `APP_DB` gives `db` a single value, `APP_DB__HOST` puts one inside of "
              "it; see env APP_DB");
  EXPECT_EQ(shown(SuperConfig()
                      .merge(layer("below", R"({"a":{"b":{"c_d":1}}})"))
                      .with_env("APP_", {{"APP_A_B", "x"}, {"APP_A_B_C_D", "y"}})),
            "conflict env APP_A_B_C_D: a.b: `APP_A_B` gives `a.b` a single value, `APP_A_B_C_D` puts one inside of it; "
            "see env APP_A_B");
  EXPECT_EQ(shown(SuperConfig().with_env("APP_", {{"APP_DB", ""}, {"APP_DB__HOST", "y"}})),
            "conflict env APP_DB__HOST: db: `APP_DB` gives `db` a single value, `APP_DB__HOST` puts one inside of it; "
            "see env APP_DB")
      << "set but empty is set";
}

TEST(VariableNames, a_dropped_empty_value_contradicts_nothing) {
  EXPECT_EQ(shown(SuperConfig().merge(Variables("APP_", {{"APP_DB", ""}, {"APP_DB__HOST", "y"}}).ignore_empty())),
            R"({"db":{"host":"y"}})");
}

// ---- items of arrays ----

TEST(VariableNames, numbers_address_the_items_of_a_known_array) {
  const char* servers = R"({"servers":[{"host":"a","port":1},{"host":"b"}]})";
  check({
      {"a field of an item",
       servers,
       {{"APP_SERVERS__1__HOST", "c"}},
       R"({"servers":[{"host":"a","port":1},{"host":"c"}]})"},
      {"an item whole: dicts unite",
       servers,
       {{"APP_SERVERS__0", R"({"host":"c"})"}},
       R"({"servers":[{"host":"c","port":1},{"host":"b"}]})"},
      {"an item that is a scalar", R"({"xs":[1,2]})", {{"APP_XS__1", "3"}}, R"({"xs":[1,3]})"},
      {"the index of the end appends", R"({"xs":[1,2]})", {{"APP_XS__2", "3"}}, R"({"xs":[1,2,3]})"},
      {"a field at the end appends an item",
       servers,
       {{"APP_SERVERS__2__HOST", "c"}},
       R"({"servers":[{"host":"a","port":1},{"host":"b"},{"host":"c"}]})"},
      {"items in the order of their index",
       R"({"xs":[]})",
       {{"APP_XS__1", "b"}, {"APP_XS__0", "a"}},
       R"({"xs":["a","b"]})"},
      {"ten comes after nine",
       R"({"xs":[0,1,2,3,4,5,6,7,8]})",
       {{"APP_XS__10", "x"}, {"APP_XS__9", "y"}},
       R"({"xs":[0,1,2,3,4,5,6,7,8,"y","x"]})"},
      {"a single underscore reaches them too", R"({"xs":[1,2]})", {{"APP_XS_0", "0"}}, R"({"xs":[0,2]})"},
      {"and appends", R"({"xs":[1,2]})", {{"APP_XS_2", "3"}}, R"({"xs":[1,2,3]})"},
      {"a known spelling", R"({"Xs-y":[1,2]})", {{"APP_XS_Y__0", "0"}}, R"({"Xs-y":[0,2]})"},
      {"a map with numeric keys stays a map",
       R"({"m":{"0":"a"}})",
       {{"APP_M__0", "b"}, {"APP_M__1", "c"}},
       R"({"m":{"0":"b","1":"c"}})"},
      {"over nothing a number is a key", R"({})", {{"APP_M__0", "b"}}, R"({"m":{"0":"b"}})"},
      {"a number with a leading zero is a key", R"({"m":{"00":"a"}})", {{"APP_M__00", "b"}}, R"({"m":{"00":"b"}})"},
  });
}

TEST(VariableNames, numbers_address_items_at_every_depth) {
  check({
      {"an array in a dict", R"({"a":{"xs":[1,2]}})", {{"APP_A__XS__0", "9"}}, R"({"a":{"xs":[9,2]}})"},
      {"three levels down",
       R"({"a":{"b":{"c":{"xs":[1]}}}})",
       {{"APP_A__B__C__XS__1", "9"}},
       R"({"a":{"b":{"c":{"xs":[1,9]}}}})"},
      {"by single underscores",
       R"({"a":{"xs":[{"host":"a"}]}})",
       {{"APP_A_XS_0_HOST", "b"}},
       R"({"a":{"xs":[{"host":"b"}]}})"},
      {"items of items",
       R"({"m":[[1,2],[3]]})",
       {{"APP_M__1__1", "4"}, {"APP_M__0__0", "0"}},
       R"({"m":[[0,2],[3,4]]})"},
      {"arrays inside of items",
       R"({"l":[{"tags":["a"]}]})",
       {{"APP_L__0__TAGS__1", "b"}},
       R"({"l":[{"tags":["a","b"]}]})"},
      {"edits inside of items",
       R"({"a":{"l":[{"tags":["a"]}]}})",
       {{"APP_A__L__0__TAGS_ADD", "b"}},
       R"({"a":{"l":[{"tags":["a","b"]}]}})"},
      {"beyond the end",
       R"({"a":{"xs":[1]}})",
       {{"APP_A__XS__2", "9"}},
       "conflict env APP_A__XS__2: a.xs.2: index 2 is beyond the array's end (it has 1 items; index 1 would append); "
       "see below"},
  });
}

TEST(VariableNames, keys_come_in_the_order_of_the_environment) {
  EXPECT_EQ(shown(SuperConfig().with_env("APP_",
                                         {{"APP_C__X", "1"}, {"APP_B", "2"}, {"APP_C__A", "3"}, {"APP_A__B__C", "4"}})),
            R"({"c":{"x":1,"a":3},"b":2,"a":{"b":{"c":4}}})");
}

TEST(VariableNames, an_index_beyond_the_end_is_an_error) {
  EXPECT_EQ(shown(SuperConfig().merge(layer("below", R"({"xs":[1,2]})")).with_env("APP_", {{"APP_XS__3", "x"}})),
            "conflict env APP_XS__3: xs.3: index 3 is beyond the array's end (it has 2 items; index 2 would append); "
            "see below");
  EXPECT_EQ(shown(SuperConfig().merge(layer("below", R"({"xs":[]})")).with_env("APP_", {{"APP_XS__4294967294", "x"}})),
            "conflict env APP_XS__4294967294: xs.4294967294: index 4294967294 is beyond the array's end (it has 0 "
            "items; index 0 would append); see below");
}

TEST(VariableNames, items_come_in_the_order_of_their_index_however_deep_their_names_go) {
  check({
      {"a field of item 0 and item 1 whole",
       R"({"xs":[]})",
       {{"APP_XS__1", R"({"host":"b"})"}, {"APP_XS__0__HOST", "a"}},
       R"({"xs":[{"host":"a"},{"host":"b"}]})"},
      {"inner arrays",
       R"({"xs":[{"ys":[]}]})",
       {{"APP_XS__0__YS__1", "b"}, {"APP_XS__0__YS__0", "a"}},
       R"({"xs":[{"ys":["a","b"]}]})"},
  });
}

TEST(VariableNames, address_items_of_an_array_that_another_profile_has) {
  const auto below = SuperConfig().merge(layer("below", R"({"xs":[1,2]})"));
  const Variables variables("APP_", {{"APP_XS__0", "0"}, {"APP_XS__2", "3"}});
  EXPECT_EQ(shown(below.merge(variables.global())), R"({"xs":[0,2,3]})");
  EXPECT_EQ(shown(below.merge(variables.profile("dev"))), R"({"xs":[1,2]})");
  EXPECT_EQ(shown(below.merge(variables.profile("dev")).select("dev")), R"({"xs":[0,2,3]})");
}

// ---- edits ----

TEST(VariableNames, edit_known_arrays) {
  check({
      {"add one", R"({"tags":["a"]})", {{"APP_TAGS_ADD", "b"}}, R"({"tags":["a","b"]})"},
      {"add several", R"({"tags":["a"]})", {{"APP_TAGS_ADD", "b, c,\"d,e\""}}, R"({"tags":["a","b","c","d,e"]})"},
      {"add JSON", R"({"tags":["a"]})", {{"APP_TAGS_ADD", R"(["b",1])"}}, R"({"tags":["a","b",1]})"},
      {"remove", R"({"tags":["a","b"]})", {{"APP_TAGS_REMOVE", "a"}}, R"({"tags":["b"]})"},
      {"nested by single underscores",
       R"({"db":{"tags":["a"]}})",
       {{"APP_DB_TAGS_ADD", "b"}},
       R"({"db":{"tags":["a","b"]}})"},
      {"nested by double ones",
       R"({"db":{"tags":["a"]}})",
       {{"APP_DB__TAGS_ADD", "b"}},
       R"({"db":{"tags":["a","b"]}})"},
      {"in the known spelling",
       R"({"db":{"myTags":["a"]}})",
       {{"APP_DB__MYTAGS_ADD", "b"}},
       R"({"db":{"myTags":["a","b"]}})"},
      {"a replaced array first",
       R"({"tags":["a"]})",
       {{"APP_TAGS_ADD", "c"}, {"APP_TAGS", "[\"b\"]"}},
       R"({"tags":["b","c"]})"},
      {"removed by the guess", R"({"xs":[1,"1"]})", {{"APP_XS_REMOVE", "1"}}, R"({"xs":["1"]})"},
      {"no array, no edit", R"({"can":1})", {{"APP_CAN_ADD", "true"}}, R"({"can":{"add":true}})"},
      {"nothing known, no edit", R"({})", {{"APP_TAGS__X_ADD", "b,c"}}, R"({"tags":{"x_add":"b,c"}})"},
      {"but an array is an edit anyway", R"({})", {{"APP_TAGS__X_ADD", "[1]"}}, R"({"tags":{"x":[1]}})"},
      {"inside of an item",
       R"({"l":[{"tags":["a"]}]})",
       {{"APP_L__0__TAGS_ADD", "b"}},
       R"({"l":[{"tags":["a","b"]}]})"},
  });
}

// ---- values ----

struct ValueCase {
  std::string text, guess;  // the guess as JSON-like text
};

TEST(VariableValues, are_guessed_by_untyped_reads) {
  const ValueCase cases[] = {
      {"", R"("")"},
      {"   ", R"("")"},
      {" a b ", R"("a b")"},
      {"true", "true"},
      {"TRUE", "true"},
      {"yes", "true"},
      {"On", "true"},
      {"false", "false"},
      {"nO", "false"},
      {"off", "false"},
      {"y", R"("y")"},
      {"enabled", R"("enabled")"},
      {"1", "1"},
      {"0", "0"},
      {"-0", "0"},
      {"+5", "5"},
      {"007", "7"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"18446744073709551615", "18446744073709551615"},
      {"18446744073709551616", R"("18446744073709551616")"},
      {"-9223372036854775809", R"("-9223372036854775809")"},
      {"+18446744073709551615", "18446744073709551615"},
      {"1.5", "1.5"},
      {"1.", "1.0"},
      {".5", "0.5"},
      {"-.5e-1", "-0.05"},
      {"1e3", "1000.0"},
      {"+1E+3", "1000.0"},
      {"1e999", R"("1e999")"},
      {".", R"(".")"},
      {"1e", R"("1e")"},
      {"1_000", R"("1_000")"},
      {"0x10", R"("0x10")"},
      {"+", R"("+")"},
      {"+-1", R"("+-1")"},
      {"- 1", R"("- 1")"},
      {"inf", R"("inf")"},
      {"nan", R"("nan")"},
      {"null", R"("null")"},
      {"[1,\"a\",true,null,1.5]", R"([1,"a",true,null,1.5])"},
      {"[]", "[]"},
      {" { \"a\" : [ 1 ] } ", R"({"a":[1]})"},
      {"{}", "{}"},
      {"[1,]", R"("[1,]")"},
      {"[a]", R"("[a]")"},
      {"{a=1}", R"("{a=1}")"},
      {R"({"a":1,"a":2})", R"("{\"a\":1,\"a\":2}")"},
      {"[18446744073709551616]", R"("[18446744073709551616]")"},
      {"[1] rest", R"("[1] rest")"},
      {"\"quoted\"", R"("\"quoted\"")"},
      {"a,b", R"("a,b")"},
      {"1979-05-27", R"("1979-05-27")"},
      {"\xC2\xA0\xE3\x80\x80"
       "5\xE2\x80\xA8",
       "5"},  // no-break space, ideographic space, line separator
      {"\xE2\x80\x8B"
       "5",
       "\"\xE2\x80\x8B"
       "5\""},  // a zero-width space is none
      {"\t\n5\r\n", "5"},
      {"a\nb", R"("a\u000ab")"},
  };
  for (const auto& [text, guess] : cases) {
    const auto config = SuperConfig().with_env("APP_", {{"APP_V", text}});
    EXPECT_EQ(config.find_value("v")->to_string(), guess) << text;
  }
}

TEST(VariableValues, keep_their_characters_for_string_targets) {
  for (const std::string text :
       {"00123", "1e5", "1.10", "+5", "0x10", "nan", "Infinity", "TRUE", "off", "a,b", "[1, 2]", "{\"a\": 1}", "[a", "",
        "null", "18446744073709551616", "\"quoted\"", "a  b"}) {
    const auto config = SuperConfig().with_env("APP_", {{"APP_V", text}});
    EXPECT_EQ(config.get<std::string>("v"), text);
    EXPECT_EQ(config.get_string("v"), text);
  }
  EXPECT_EQ(SuperConfig().with_env("APP_", {{"APP_V", " x\t"}}).get<std::string>("v"), "x")
      << "but the white space around them";
}

TEST(VariableValues, keep_their_characters_through_layers_that_do_not_touch_them) {
  const auto config = SuperConfig()
                          .merge(layer("below", R"({"d":{"v":"x","w":1}})"))
                          .with_env("APP_", {{"APP_D__V", "00123"}})
                          .merge(layer("above", R"({"d":{"w":2}})"))
                          .join(layer("top", R"({"d":{"v":"no"}})"));
  EXPECT_EQ(config.get<std::string>("d.v"), "00123");
  EXPECT_EQ(config.get<int>("d.v"), 123);
  EXPECT_EQ(config.focus("d").get<std::string>("v"), "00123");
  EXPECT_EQ(SuperConfig().merge(config).get<std::string>("d.v"), "00123");
}

TEST(VariableValues, are_split_at_commas_for_list_targets) {
  const auto list = [](std::string_view text) {
    return SuperConfig().with_env("APP_", {{"APP_V", std::string(text)}}).get_array<std::string>("v");
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(list("a,b"), (List{"a", "b"}));
  EXPECT_EQ(list(" a , b "), (List{"a", "b"}));
  EXPECT_EQ(list("\"a,b\",c"), (List{"a,b", "c"}));
  EXPECT_EQ(list(""), List{});
  EXPECT_EQ(list("a"), List{"a"});
  EXPECT_EQ(list("a,"), (List{"a", ""}));
  EXPECT_EQ(list("\"a\\\"b\",\"\""), (List{"a\"b", ""}));
  EXPECT_EQ(list("[\"x\",\"y\"]"), (List{"x", "y"}));
  EXPECT_EQ(list("[x,y]"), (List{"[x", "y]"})) << "no JSON, so commas";
}

TEST(VariableValues, that_are_empty_count_as_set_unless_told_otherwise) {
  const Environment variables{
      {"APP_A", ""},   {"APP_B", "[]"}, {"APP_C", "{}"},  {"APP_D", R"({"x":"","y":[{}],"z":0})"},
      {"APP_E", "  "}, {"APP_F", "0"},  {"APP_G", "null"}};
  const auto below = SuperConfig().merge(layer("below", R"({"a":1,"b":[1]})"));
  EXPECT_EQ(shown(below.with_env("APP_", variables)),
            R"({"a":"","b":[],"c":{},"d":{"x":"","y":[{}],"z":0},"e":"","f":0,"g":"null"})");
  EXPECT_EQ(shown(below.merge(Variables("APP_", variables).ignore_empty())),
            R"({"a":1,"b":[1],"d":{"z":0},"f":0,"g":"null"})");
}

TEST(VariableValues, that_are_no_utf8_are_errors_only_with_the_prefix) {
  EXPECT_EQ(shown(SuperConfig().with_env("APP_", {{"APP_V", "a\xFF"}, {"OTHER", "\xFF"}})),
            "parse env APP_V: the variable is not valid UTF-8");
  EXPECT_EQ(shown(SuperConfig().with_env("APP_", {{"OTHER", "\xFF"}, {"\xFF", "x"}, {"APP_V", "1"}})), R"({"v":1})");
  EXPECT_FALSE(SuperConfig().with_env("APP_", {{"APP_\xFF", "1"}}).resolve().ok());
  EXPECT_FALSE(SuperConfig().with_env("APP_", {{"APP_V", "\xED\xA0\x80"}}).resolve().ok())
      << "half of a surrogate pair";
}

TEST(VariableValues, have_the_variable_as_their_origin) {
  const auto config = SuperConfig()
                          .merge(layer("below", R"({"xs":[1],"max_conn":1})"))
                          .with_env("APP_", {{"APP_MAX_CONN", "2"}, {"APP_XS_ADD", "2,3"}, {"APP_D", R"({"a":[1]})"}});
  EXPECT_EQ(origin(config, "max_conn"), "env APP_MAX_CONN #1");
  EXPECT_EQ(origin(config, "xs"), "below #0");
  EXPECT_EQ(origin(config, "xs[0]"), "below #0");
  EXPECT_EQ(origin(config, "xs[2]"), "env APP_XS_ADD #1");
  EXPECT_EQ(origin(config, "d.a[0]"), "env APP_D #1");
  EXPECT_EQ(shown(config.try_get<bool>("max_conn")),
            R"(invalid_type env APP_MAX_CONN: max_conn: wrong type: expected a bool, found the string "2")");
}

TEST(VariableValues, of_another_type_than_below_leave_a_warning_unless_a_shape_settles_it) {
  const Environment variables{{"APP_LOG_LEVEL", "7"}};
  const auto below = SuperConfig().merge(layer("below", R"({"log_level":"info"})"));
  EXPECT_EQ(warnings(below.with_env("APP_", variables)),
            "env APP_LOG_LEVEL: log_level: the type changes from string to integer; see below");
  EXPECT_EQ(warnings(below.with_shape<App>().with_env("APP_", variables)), "");
}

// ---- when ----

TEST(Variables, are_captured_at_the_call) {
  ::setenv("SUPERCONFIG_TEST_X", "1", 1);
  ::unsetenv("SUPERCONFIG_TEST_Y");
  const auto config = SuperConfig().with_env("SUPERCONFIG_TEST_");
  ::setenv("SUPERCONFIG_TEST_X", "2", 1);
  ::setenv("SUPERCONFIG_TEST_Y", "2", 1);
  EXPECT_EQ(shown(config), R"({"x":1})");
  EXPECT_EQ(shown(config.with_env("SUPERCONFIG_TEST_")), R"({"x":2,"y":2})");
  ::unsetenv("SUPERCONFIG_TEST_X");
  ::unsetenv("SUPERCONFIG_TEST_Y");
  EXPECT_EQ(shown(config), R"({"x":1})");
}

TEST(Variables, write_the_profile_they_are_told_to) {
  const Variables variables("APP_", {{"APP_X", "1"}});
  EXPECT_EQ(SuperConfig().merge(variables).profiles(), std::vector<std::string>{"default"});
  EXPECT_EQ(SuperConfig().merge(variables.global()).profiles(), std::vector<std::string>{"global"});
  EXPECT_EQ(SuperConfig().merge(variables.profile("Dev")).profiles(), std::vector<std::string>{"Dev"});
}

TEST(Variables, compose_by_the_order_they_are_added_with) {
  const auto below = SuperConfig().merge(layer("below", R"({"xs":[1],"k":1})"));
  const Variables variables("APP_", {{"APP_XS", "[2]"}, {"APP_K", "2"}});
  EXPECT_EQ(shown(below.join(variables)), R"({"xs":[1],"k":1})");
  EXPECT_EQ(shown(below.admerge(variables)), R"({"xs":[1,2],"k":2})");
  EXPECT_EQ(shown(below.adjoin(variables)), R"({"xs":[1,2],"k":1})");
}

}  // namespace
}  // namespace superconfig::testing
