// Text from the environment and the command line: the type that asks decides.
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "extract/reading.hpp"

namespace superconfig::testing {
namespace {

enum class Level { debug, info };

TEST(Text, a_string_target_keeps_every_character) {
  for (auto text : {"00123", "1e5", "1.10", "+5", "0x10", "nan", "Infinity", "true", "a,b", "[1,2]", "{\"a\":1}", ""})
    EXPECT_EQ(read_text<std::string>(text).value(), text);
}

TEST(Text, a_bool_target_takes_the_words_in_any_case) {
  for (auto text : {"true", "TRUE", "1", "yes", "On"}) EXPECT_TRUE(read_text<bool>(text).value()) << text;
  for (auto text : {"false", "0", "No", "oFF"}) EXPECT_FALSE(read_text<bool>(text).value()) << text;
  for (auto text : {"2", "enable", "", "t"}) EXPECT_EQ(codes(read_text<bool>(text)), "invalid_type v") << text;
}

TEST(Text, a_number_target_takes_a_number_and_no_rest) {
  EXPECT_EQ(read_text<int>("42").value(), 42);
  EXPECT_EQ(read_text<int>("+7").value(), 7);
  EXPECT_EQ(read_text<int>("007").value(), 7);
  EXPECT_EQ(read_text<double>("1.5").value(), 1.5);
  EXPECT_EQ(read_text<double>("2").value(), 2.0);
  EXPECT_EQ(read_text<double>("1e3").value(), 1000.0);
  EXPECT_EQ(read_text<float>("0.1").value(), 0.1F);
  for (auto text : {"80abc", "3.7", "1e3", "", "0x10", "true", "18446744073709551616"})
    EXPECT_EQ(codes(read_text<int>(text)), "invalid_type v") << text;
  EXPECT_EQ(brief(read_text<std::uint16_t>("70000")),
            "invalid_value v: expected an integer from 0 to 65535, found the string \"70000\"");
}

TEST(Text, names_characters_and_units_are_the_text_as_it_is) {
  EXPECT_EQ(read_text<Level>("info").value(), Level::info);
  EXPECT_EQ(read_text<char32_t>("5").value(), U'5');
  EXPECT_EQ(read_text<std::chrono::seconds>("1m30s").value(), std::chrono::seconds(90));
  EXPECT_EQ(read_text<ByteSize>("10MiB").value(), ByteSize(10 << 20));
  EXPECT_EQ(read_text<ByteSize>("4096").value(), ByteSize(4096));
  EXPECT_EQ(read_text<Datetime>("1979-05-27").value().day, 27);
  EXPECT_EQ(read_text<RelativePath>("data/x").value().relative(), "data/x");
}

TEST(Text, a_list_target_takes_the_guessed_array_else_commas) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(read_text<Strings>("a,b").value(), (Strings{"a", "b"}));
  EXPECT_EQ(read_text<Strings>("\"a,b\",c").value(), (Strings{"a,b", "c"}));
  EXPECT_EQ(read_text<Strings>("").value(), Strings{});
  EXPECT_EQ(read_text<Strings>("a").value(), Strings{"a"});
  EXPECT_EQ(read_text<Strings>("[\"x\",\"y\"]").value(), (Strings{"x", "y"}));
  EXPECT_EQ(read_text<std::vector<int>>("1, 2,3").value(), (std::vector{1, 2, 3}));
  EXPECT_EQ(read_text<std::vector<int>>("[1,2]").value(), (std::vector{1, 2}));
  EXPECT_EQ(read_text<Strings>("1,true,2.50").value(), (Strings{"1", "true", "2.50"}));  // items are text again
  EXPECT_EQ((read_text<std::set<int>>("2,1,2").value()), (std::set{1, 2}));
  EXPECT_EQ((read_text<std::array<int, 2>>("1,2").value()), (std::array{1, 2}));
  EXPECT_EQ((read_text<std::pair<int, std::string>>("1,2").value()), (std::pair{1, std::string("2")}));
  EXPECT_EQ(codes(read_text<std::vector<int>>("1,x,y")), "invalid_type v.1, invalid_type v.2");
  // elements of JSON have JSON's types
  EXPECT_EQ(codes(read_text<Strings>("[1]")), "invalid_type v.0");
}

TEST(Text, that_is_no_comma_list_is_no_list) {
  Value one = Value::text("a,b", "a,b", false);
  EXPECT_EQ(codes(extract_value<std::vector<std::string>>(Found{&one, {}}, {}, {"v"})), "invalid_type v");
}

TEST(Text, structured_targets_take_the_guess) {
  EXPECT_EQ((read_text<std::map<std::string, int>>("{\"a\":1}").value()), (std::map<std::string, int>{{"a", 1}}));
  EXPECT_EQ(codes(read_text<std::map<std::string, int>>("a=1")), "invalid_type v");
  EXPECT_EQ(codes(read_text<std::vector<int>>("{\"a\":1}")), "invalid_type v");
}

TEST(Text, goes_through_optionals_and_variants) {
  EXPECT_EQ(read_text<std::optional<int>>("5").value(), 5);
  EXPECT_EQ(read_text<std::optional<std::string>>("").value(), "");
  EXPECT_EQ(read_text<std::optional<std::string>>("null").value(), "null");
  using Either = std::variant<int, bool, std::string>;
  EXPECT_EQ(read_text<Either>("5").value(), Either(5));
  EXPECT_EQ(read_text<Either>("yes").value(), Either(true));
  EXPECT_EQ(read_text<Either>("maybe").value(), Either(std::string("maybe")));
}

TEST(Text, any_value_keeps_text_and_answers_as_its_guess) {
  Value value = *read_text<Value>("007");
  EXPECT_TRUE(value.is_text());
  EXPECT_EQ(value, Value(7));
}

TEST(Text, origin_is_the_variable) {
  auto r = read_text<int>("x");
  ASSERT_FALSE(r);
  EXPECT_EQ(r.errors()[0].origin.kind, SourceKind::environment);
  EXPECT_EQ(r.errors()[0].origin.name, "APP_V");
}

}  // namespace
}  // namespace superconfig::testing
