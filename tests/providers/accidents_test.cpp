// Environment variables that are as they are by accident: read all the same, and told.
#include <cstdlib>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

std::string warned(const Environment& environment, std::string_view below = "{}") {
  return warnings(SuperConfig().merge(layer("below", below)).with_env("APP_", environment));
}

TEST(Accidents, a_link_to_a_service_of_kubernetes_is_told) {
  const std::string keeps_out = "; `enableServiceLinks: false` in the pod's specification keeps it out";
  EXPECT_EQ(warned({{"APP_PORT", "tcp://10.0.0.11:6379"}}),
            "env APP_PORT: port: looks like what Kubernetes sets for the service `app`" + keeps_out);
  EXPECT_EQ(warned({{"APP_JOB_QUEUE_PORT", "udp://[fd00::1]:53"}}),
            "env APP_JOB_QUEUE_PORT: job.queue_port: looks like what Kubernetes sets for the service `app-job-queue`" +
                keeps_out);
  EXPECT_EQ(warned({{"APP_PORT_53_UDP", "udp://10.0.0.11:53"}}),
            "env APP_PORT_53_UDP: port.53_udp: looks like what Kubernetes sets for the service `app`" + keeps_out);
  for (const auto& [name, value] : Environment{{"APP_URL", "tcp://10.0.0.11:6379"},
                                               {"APP_PORT", "http://10.0.0.11:80"},
                                               {"APP_PORT", "tcp://host:port"},
                                               {"APP_PORT", "tcp://host/x:80"},
                                               {"APP_PORT", "8080"},
                                               {"APP_PORT_X_UDP", "udp://10.0.0.11:53"}})
    EXPECT_EQ(warned({{name, value}}), "") << name << "=" << value;
}

TEST(Accidents, a_link_where_a_number_is_read_has_a_hint) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_PORT", "tcp://10.0.0.11:6379"}});
  EXPECT_EQ(shown(config.try_get<int>("port")),
            "invalid_type env APP_PORT: port: wrong type: expected an integer, found the string "
            "\"tcp://10.0.0.11:6379\" (Kubernetes sets such a variable for each service)");
  EXPECT_EQ(config.get<std::string>("port"), "tcp://10.0.0.11:6379") << "it is a value like any other";
}

TEST(Accidents, quotes_around_a_value_are_told_and_kept) {
  const std::string message = "the quotes around the value are part of it";
  EXPECT_EQ(warned({{"APP_NAME", "\"x\""}}), "env APP_NAME: name: " + message);
  EXPECT_EQ(warned({{"APP_NAME", "'a b'"}}), "env APP_NAME: name: " + message);
  EXPECT_EQ(SuperConfig().with_env("APP_", {{"APP_NAME", "'a b'"}}).get<std::string>("name"), "'a b'");
  for (const char* value : {"\"", "'", "\"x'", "x\"", "\"a\",\"b\"", "'it's'", "[\"x\"]", ""})
    EXPECT_EQ(warned({{"APP_NAME", value}}), "") << value;
  EXPECT_EQ(warned({{"APP_XS", "\"a,b\""}}, R"({"xs":[]})"), "") << "in a list quotes have a meaning";
  const auto config = SuperConfig().with_env("APP_", {{"APP_PORT", "\"80\""}, {"APP_ON", "'true'"}});
  EXPECT_NE(shown(config.try_get<int>("port")).find("(the quotes are part of the value: leave them out)"),
            std::string::npos);
  EXPECT_NE(shown(config.try_get<bool>("on")).find("(the quotes are part of the value: leave them out)"),
            std::string::npos);
}

TEST(Accidents, a_secret_is_not_shown_by_what_is_told_of_it) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_API_TOKEN", "\"hunter2\""}});
  EXPECT_EQ(warnings(config).find("hunter2"), std::string::npos);
  EXPECT_NE(warnings(config), "");
}

TEST(Accidents, two_variables_of_one_key_are_told_and_the_later_counts) {
  const std::string message = "another variable gives the same key; the later one in the environment counts; see env ";
  const auto config = [](const Environment& environment) {
    return SuperConfig().merge(layer("below", R"({"db":{"host":1}})")).with_env("APP_", environment);
  };
  const Environment cases{{"APP_DB_HOST", "2"}, {"APP_db__Host", "3"}};
  EXPECT_EQ(warnings(config(cases)), "env APP_db__Host: db.host: " + message + "APP_DB_HOST");
  EXPECT_EQ(config(cases).get<int>("db.host"), 3);
  EXPECT_EQ(config({cases[1], cases[0]}).get<int>("db.host"), 2);
  EXPECT_EQ(warnings(config({{"APP_DB_HOST", "2"}, {"APP_DB_PORT", "3"}, {"APP_DB", "{}"}})), "");
}

TEST(Accidents, a_prefix_in_other_letters_is_told_in_a_message) {
  const auto told = [](const SuperConfig& config) {
    std::string text;
    for (const auto& message : config.debug_messages())
      if (message.text.find("not read") != std::string::npos) text += message.text + "\n";
    return text;
  };
  const auto config = SuperConfig().with_info_verbosity().with_env(
      "App_", {{"APP_PORT", "1"}, {"App_X", "2"}, {"APPLE", "3"}, {"app_", ""}});
  EXPECT_EQ(shown(config), R"({"x":2})");
  EXPECT_EQ(told(config), "`APP_PORT` is not read: the prefix is `App_`\n`app_` is not read: the prefix is `App_`\n");
  ::setenv("superconfig_accident_port", "1", 1);
  EXPECT_EQ(told(SuperConfig().with_info_verbosity().with_env("SUPERCONFIG_ACCIDENT_")),
            "`superconfig_accident_port` is not read: the prefix is `SUPERCONFIG_ACCIDENT_`\n");
  ::unsetenv("superconfig_accident_port");
}

}  // namespace
}  // namespace superconfig::testing
