// Messages, sinks and what is masked in them.

#include <gtest/gtest.h>

#include "superconfig/config.hpp"

namespace superconfig {
namespace {

SuperConfig stack() {
  return SuperConfig()
      .with_defaults(Value::dict({{"port", 1}, {"db", Value::dict({{"password", "hunter2"}})}}))
      .with_file_opt("/nowhere/app.toml")
      .with_env("APP_", {{"APP_PORT", "2"}});
}

std::string all(const std::vector<Message>& messages) {
  std::string text;
  for (const auto& message : messages) text += message.to_string() + "\n";
  return text;
}

TEST(Messages, there_are_none_unless_asked_for) { EXPECT_TRUE(stack().debug_messages().empty()); }

TEST(Messages, say_a_line_a_layer_in_layer_order_at_level_info) {
  const auto messages = stack().with_info_verbosity().debug_messages();
  ASSERT_EQ(messages.size(), 3U) << all(messages);
  EXPECT_EQ(messages[0].text, "2 values");
  EXPECT_EQ(messages[1].text, "there is no such file");
  EXPECT_EQ(messages[2].text, "1 value");
  EXPECT_EQ(messages[2].step, 2U);
}

TEST(Messages, say_more_at_higher_levels_and_never_a_secret) {
  const auto debug = stack().with_debug_verbosity().debug_messages().size();
  const auto config = stack().with_trace_verbosity();
  EXPECT_LT(stack().with_info_verbosity().debug_messages().size(), debug);
  EXPECT_LT(debug, config.debug_messages().size());
  const auto text = all(config.debug_messages()) + config.debug_config();
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  EXPECT_NE(text.find("db.password = \"***\""), std::string::npos) << text;
  EXPECT_EQ(config.debug_messages_at_level(Verbosity::info).size(), 3U);
}

TEST(Messages, tell_of_a_layer_that_fails) {
  const auto config = SuperConfig().with_file("/nowhere/app.toml").with_info_verbosity();
  const auto messages = config.debug_messages();
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_FALSE(messages[0].success);
}

TEST(Messages, clearing_is_of_this_object_and_what_is_derived_later) {
  auto config = stack().with_info_verbosity();
  const auto before = config;
  config.clear_debug_messages();
  EXPECT_TRUE(config.debug_messages().empty());
  EXPECT_EQ(before.debug_messages().size(), 3U);
  EXPECT_EQ(config.with_value("a", 1).debug_messages().size(), 1U);
}

TEST(Sinks, get_each_warning_and_message_once_when_composing_makes_it) {
  std::vector<std::string> warnings;
  std::vector<std::string> messages;
  const auto config = SuperConfig()
                          .on_warning([&](const Warning& w) { warnings.push_back(w.to_string()); })
                          .on_message([&](const Message& m) { messages.push_back(m.to_string()); })
                          .with_info_verbosity()
                          .merge(Json::string(R"({"a":{"b":1}})"))
                          .merge(Json::string(R"({"a":2})"));
  if (mode() == Mode::handle) {
    EXPECT_TRUE(warnings.empty()) << "nothing is composed before it is read";
  }
  EXPECT_EQ(config.get<int>("a"), 2);
  EXPECT_EQ(config.get<int>("a"), 2);
  EXPECT_EQ(warnings.size(), 1U);
  EXPECT_EQ(messages.size(), 2U);
}

TEST(Sinks, may_throw_and_may_read) {
  SuperConfig other = stack();
  int seen = 0;
  const auto config = SuperConfig()
                          .on_warning([&](const Warning&) {
                            seen = other.get<int>("port");
                            throw 1;
                          })
                          .merge(Json::string(R"({"a":{"b":1}})"))
                          .merge(Json::string(R"({"a":2})"));
  EXPECT_EQ(config.get<int>("a"), 2);
  EXPECT_EQ(seen, 2);
}

TEST(DenyUnknown, makes_unknown_fields_and_unmatched_variables_errors_with_the_nearest_name) {
  struct Settings {
    int port = 0;
  };
  const auto config =
      SuperConfig().merge(Json::string(R"({"prot":1})")).with_env("APP_", {{"APP_PRT", "2"}}).deny_unknown();
  const auto result = config.try_extract<Settings>();
  ASSERT_FALSE(result.ok());
  const auto text = result.error().to_string();
  EXPECT_NE(text.find("env APP_PRT"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean `port`?"), std::string::npos) << text;
  EXPECT_TRUE(config.deny_unknown(false).try_extract<Settings>().ok());
}

}  // namespace
}  // namespace superconfig
