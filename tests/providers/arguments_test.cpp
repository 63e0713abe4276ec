// `with_args`: options of a command line.

#include "superconfig/providers/arguments.hpp"

#include <gtest/gtest.h>

#include "superconfig/config.hpp"

namespace superconfig {
namespace {

struct Server {
  std::string host = "localhost";
  int max_conn = 1;
  bool verbose = false;
};
struct Settings {
  Server server;
  std::vector<std::string> tags;
};

SuperConfig with(const SuperConfig& base, std::vector<const char*> arguments,
                 std::vector<std::string>* positional = nullptr) {
  arguments.insert(arguments.begin(), "program");
  return base.with_args(static_cast<int>(arguments.size()), arguments.data(), positional);
}

const SuperConfig defaults = SuperConfig().with_defaults(Settings{});

TEST(Arguments, names_match_known_keys_with_dashes_for_underscores_and_levels) {
  EXPECT_EQ(with(defaults, {"--server.max-conn=5"}).get<int>("server.max_conn"), 5);
  EXPECT_EQ(with(defaults, {"--server-max-conn=5"}).get<int>("server.max_conn"), 5);
  EXPECT_EQ(with(defaults, {"--SERVER.Max_Conn", "5"}).get<int>("server.max_conn"), 5);
}

TEST(Arguments, an_option_takes_the_next_argument_unless_it_is_a_known_bool) {
  std::vector<std::string> positional;
  const auto config = with(defaults, {"--server.verbose", "file", "--server.host", "h", "--", "--rest"}, &positional);
  EXPECT_TRUE(config.get<bool>("server.verbose"));
  EXPECT_EQ(config.get<std::string>("server.host"), "h");
  EXPECT_EQ(positional, (std::vector<std::string>{"file", "--rest"}));
}

TEST(Arguments, a_bool_of_a_known_type_is_a_flag_too) {
  std::vector<std::string> positional;
  const auto config = with(SuperConfig().with_shape<Settings>(), {"--server.verbose", "x"}, &positional);
  EXPECT_TRUE(config.extract<Settings>().server.verbose);
  EXPECT_EQ(positional, std::vector<std::string>{"x"});
}

TEST(Arguments, no_turns_a_bool_off) {
  const auto on = defaults.with_value("server.verbose", true);
  EXPECT_FALSE(with(on, {"--no-server.verbose"}).get<bool>("server.verbose"));
  EXPECT_FALSE(with(on, {"--no-server-verbose"}).get<bool>("server.verbose"));
}

TEST(Arguments, the_last_of_a_repeated_option_counts_and_only_given_ones_form_the_layer) {
  const auto config = with(defaults, {"--server.host=a", "--server.host=b=c"});
  EXPECT_EQ(config.get<std::string>("server.host"), "b=c");
  EXPECT_EQ(config.get<int>("server.max_conn"), 1);
  EXPECT_EQ(with(defaults, {}).value(), defaults.value());
}

TEST(Arguments, an_unknown_option_is_an_error_where_a_type_is_known_and_kept_where_none_is) {
  const auto shaped = with(SuperConfig().with_shape<Settings>(), {"--server.max-con=5"}).try_extract<Settings>();
  ASSERT_FALSE(shaped.ok());
  EXPECT_EQ(shaped.error()[0].code, ErrorCode::unknown_field);
  EXPECT_EQ(shaped.error()[0].hint, "did you mean `--server.max_conn`?");
  const auto kept = with(defaults, {"--sever.host=x"});
  EXPECT_EQ(kept.get<std::string>("sever.host"), "x");
  ASSERT_EQ(kept.explain().unmatched.size(), 1U);
  EXPECT_EQ(kept.explain().unmatched[0].name, "--sever.host");
}

TEST(Arguments, values_are_text_and_origins_say_which_argument) {
  const auto config = with(defaults, {"--tags=a,b", "--server.host=00123"});
  EXPECT_EQ(config.extract<Settings>().tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(config.extract<Settings>().server.host, "00123");
  EXPECT_EQ(config.find_metadata("server.host")->to_string(), "--server.host");
}

TEST(Arguments, an_item_of_a_known_array_is_addressed_by_its_index) {
  const auto base = SuperConfig().merge(Json::string(R"({"servers":[{"host":"a"},{"host":"b"}]})"));
  EXPECT_EQ(with(base, {"--servers.1.host=x"}).get<std::string>("servers[1].host"), "x");
  EXPECT_EQ(with(base, {"--servers.1.host=x"}).get<std::string>("servers[0].host"), "a");
}

}  // namespace
}  // namespace superconfig
