// Bools, numbers, strings, characters: what each takes, strictly and lossily.
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "extract/reading.hpp"

namespace superconfig::testing {
namespace {

TEST(Bool, takes_bools_only) {
  EXPECT_EQ(read_value<bool>("true").value(), true);
  EXPECT_EQ(read_value<bool>("false").value(), false);
  for (auto other : {"1", "0", "\"true\"", "null", "1.0", "[]", "{}"})
    EXPECT_EQ(codes(read_value<bool>(other)), "invalid_type v") << other;
}

TEST(Bool, lossy_adds_one_zero_and_the_words_untrimmed) {
  EXPECT_EQ(read_value<bool>("1", lossy).value(), true);
  EXPECT_EQ(read_value<bool>("0", lossy).value(), false);
  for (auto word : {"\"true\"", "\"YES\"", "\"On\"", "\"1\""})
    EXPECT_TRUE(read_value<bool>(word, lossy).value()) << word;
  for (auto word : {"\"false\"", "\"nO\"", "\"off\"", "\"0\""})
    EXPECT_FALSE(read_value<bool>(word, lossy).value()) << word;
  for (auto other : {"2", "-1", "1.0", "\" true \"", "\"t\"", "\"01\"", "\"\"", "null"})
    EXPECT_EQ(codes(read_value<bool>(other, lossy)), "invalid_type v") << other;
}

template <class T>
class Integers : public ::testing::Test {};
using Widths = ::testing::Types<std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t,
                                std::uint32_t, std::uint64_t>;
TYPED_TEST_SUITE(Integers, Widths);

TYPED_TEST(Integers, take_their_whole_range_and_not_one_more) {
  using T = TypeParam;
  constexpr T low = std::numeric_limits<T>::min(), high = std::numeric_limits<T>::max();
  EXPECT_EQ(read_value<T>(std::to_string(low)).value(), low);
  EXPECT_EQ(read_value<T>(std::to_string(high)).value(), high);
  std::string limits = "an integer from " + std::to_string(low) + " to " + std::to_string(high);
  if constexpr (low == 0) {
    EXPECT_EQ(brief(read_value<T>("-1")), "invalid_value v: expected " + limits + ", found the integer -1");
  } else if constexpr (sizeof(T) < 8) {
    std::string below = std::to_string(static_cast<std::int64_t>(low) - 1);
    EXPECT_EQ(brief(read_value<T>(below)), "invalid_value v: expected " + limits + ", found the integer " + below);
  }
  if constexpr (!std::is_same_v<T, std::uint64_t>) {
    std::string above = std::to_string(static_cast<std::uint64_t>(high) + 1);
    EXPECT_EQ(brief(read_value<T>(above)), "invalid_value v: expected " + limits + ", found the integer " + above);
  }
}

TYPED_TEST(Integers, never_take_a_float_or_text) {
  for (auto other : {"1.0", "0.5", "1e3", "true", "null", "\"1\"", "[1]"})
    EXPECT_EQ(codes(read_value<TypeParam>(other)), "invalid_type v") << other;
}

TYPED_TEST(Integers, lossy_adds_text_that_is_an_integer) {
  EXPECT_EQ(read_value<TypeParam>("\" 7 \"", lossy).value(), 7);
  EXPECT_EQ(read_value<TypeParam>("\"+7\"", lossy).value(), 7);
  EXPECT_EQ(read_value<TypeParam>("\"007\"", lossy).value(), 7);
  EXPECT_EQ(read_value<TypeParam>("\"-0\"", lossy).value(), 0);
  for (auto other : {"\"\"", "\"7.0\"", "\"7e0\"", "\"0x7\"", "\"1_0\"", "\"7 7\"", "\"18446744073709551616\"",
                     "\"-9223372036854775809\"", "7.0", "true"})
    EXPECT_EQ(codes(read_value<TypeParam>(other, lossy)), "invalid_type v") << other;
}

TEST(Integer, text_out_of_the_targets_range_is_a_value_error) {
  EXPECT_EQ(codes(read_value<std::uint8_t>("\"256\"", lossy)), "invalid_value v");
  EXPECT_EQ(codes(read_value<std::int64_t>("\"18446744073709551615\"", lossy)), "invalid_value v");
  EXPECT_EQ(codes(read_value<std::uint64_t>("\"-1\"", lossy)), "invalid_value v");
}

TEST(Integer, a_number_in_quotes_gets_a_hint) {
  EXPECT_EQ(brief(read_value<std::uint16_t>("\"80\"")),
            "invalid_type v: expected an integer from 0 to 65535, found the string \"80\"; write it without quotes");
}

TEST(Float, takes_integers_and_rounds_to_nearest) {
  EXPECT_EQ(read_value<double>("1.5").value(), 1.5);
  EXPECT_EQ(read_value<double>("9007199254740993").value(), 9007199254740992.0);
  EXPECT_EQ(read_value<double>("18446744073709551615").value(), 18446744073709551616.0);
  EXPECT_EQ(read_value<float>("16777217").value(), 16777216.0F);
  EXPECT_EQ(read_value<float>("0.1").value(), 0.1F);
  EXPECT_EQ(read_value<float>("1e300").value(), std::numeric_limits<float>::infinity());
  EXPECT_EQ(read_value<float>("-1e300").value(), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::signbit(read_value<double>("-0.0").value()));
  EXPECT_EQ(read_value<long double>("2.5").value(), 2.5L);
  for (auto other : {"\"1.5\"", "true", "null", "[]"}) EXPECT_EQ(codes(read_value<double>(other)), "invalid_type v");
}

TEST(Float, lossy_adds_decimal_text) {
  EXPECT_EQ(read_value<double>("\" 1.5 \"", lossy).value(), 1.5);
  EXPECT_EQ(read_value<double>("\"+.5\"", lossy).value(), 0.5);
  EXPECT_EQ(read_value<double>("\"5.\"", lossy).value(), 5.0);
  EXPECT_EQ(read_value<double>("\"1e3\"", lossy).value(), 1000.0);
  EXPECT_EQ(read_value<float>("\"0.123456789\"", lossy).value(), 0.123456789F);
  EXPECT_EQ(read_value<double>("\"1.0e400\"", lossy).value(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(read_value<double>("\"1.0e-400\"", lossy).value(), 0.0);
  EXPECT_FALSE(std::signbit(read_value<double>("\"-0\"", lossy).value()));  // an integer first
  for (auto other : {"\"inf\"", "\"nan\"", "\"NaN.\"", "\"0x1p3\"", "\"1,5\"", "\"\"", "\".\"", "\"1e\"", "\"1 2\"",
                     "\"18446744073709551616\"", "true"})
    EXPECT_EQ(codes(read_value<double>(other, lossy)), "invalid_type v") << other;
}

TEST(Float, keeps_nan) {
  Value nan(std::nan(""));
  EXPECT_TRUE(std::isnan(*extract_value<double>(Found{&nan, {}})));
  EXPECT_TRUE(std::isnan(*extract_value<float>(Found{&nan, {}})));
}

TEST(String, takes_strings_only_even_lossily) {
  EXPECT_EQ(read_value<std::string>("\"\"").value(), "");
  EXPECT_EQ(read_value<std::string>("\"a longer string than fits inside\"").value(),
            "a longer string than fits inside");
  for (auto other : {"1", "true", "1.5", "null", "[\"a\"]", "{}"}) {
    EXPECT_EQ(codes(read_value<std::string>(other)), "invalid_type v") << other;
    EXPECT_EQ(codes(read_value<std::string>(other, lossy)), "invalid_type v") << other;
  }
  EXPECT_EQ(brief(read_value<std::string>("127")),
            "invalid_type v: expected a string, found the integer 127; write it in quotes");
}

TEST(Character, is_one_code_point) {
  EXPECT_EQ(read_value<char32_t>("\"a\"").value(), U'a');
  EXPECT_EQ(read_value<char32_t>("\"é\"").value(), U'é');
  EXPECT_EQ(read_value<char32_t>("\"€\"").value(), U'€');
  EXPECT_EQ(read_value<char32_t>("\"😀\"").value(), U'😀');
  EXPECT_EQ(brief(read_value<char32_t>("\"\"")),
            "invalid_value v: expected a string of one character, found the string \"\"");
  EXPECT_EQ(codes(read_value<char32_t>("\"ab\"")), "invalid_value v");
  EXPECT_EQ(codes(read_value<char32_t>("97")), "invalid_type v");
}

TEST(ReadScalar, agrees_with_the_extractor_where_it_answers) {
  Value values[] = {true,
                    0,
                    1,
                    -1,
                    255,
                    256,
                    INT64_MIN,
                    INT64_MAX,
                    UINT64_MAX,
                    1.5,
                    "x",
                    "a longer string than fits",
                    nullptr,
                    Value::text("7", 7, false),
                    Value::text("+007", 7, true),
                    Value::text("1.50", 1.5, true),
                    Value::text("YES", true, true),
                    Value::text("1", 1, true),
                    Value::text("70000", 70000, true),
                    Value::array({1})};
  auto agree = [&]<class T>(T) {
    for (const Value& value : values) {
      T fast{};
      if (!read_scalar(value, fast)) continue;
      auto slow = extract_value<T>(Found{&value, {}});
      ASSERT_TRUE(slow) << value.to_string();
      EXPECT_EQ(fast, *slow) << value.to_string();
    }
  };
  agree(bool{}), agree(std::int8_t{}), agree(std::uint8_t{}), agree(int{}), agree(std::uint64_t{}), agree(float{});
  agree(double{}), agree(std::string{});
  int i = 0;
  EXPECT_TRUE(read_scalar(Value(7), i));
  EXPECT_EQ(i, 7);
  EXPECT_FALSE(read_scalar(Value(1.0), i));
  EXPECT_TRUE(read_scalar(Value::text("80", 80, false), i));
  EXPECT_EQ(i, 80);
  std::string_view view;
  EXPECT_TRUE(read_scalar(values[10], view));
  EXPECT_EQ(view, "x");
}

TEST(NothingFound, is_a_missing_field_with_the_whole_path) {
  auto r = extract_value<int>(Found{}, {}, {"server", "no pe"});
  EXPECT_EQ(codes(r), "missing_field #server.no pe");
  EXPECT_EQ(*extract_value<std::optional<int>>(Found{}, {}, {"a"}), std::nullopt);
}

}  // namespace
}  // namespace superconfig::testing
