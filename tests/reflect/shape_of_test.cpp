// What shape_of says of C++ types.
#include "superconfig/reflect/shape_of.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace superconfig::testing {

struct Inner {
  int a = 0;
  std::string b;
};
template <class T>
struct Generic {
  T first_thing{};
  int second = 0;
};
struct Outer {
  Inner inner;
  std::optional<Inner> maybe;
  std::map<std::string, int> rest;
  int hidden = 0;
  std::vector<Outer> more;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Outer::inner).flatten(), field(&Outer::rest).flatten(), field(&Outer::hidden).skip(),
                    field(&Outer::maybe).rename("perhaps").alias("may-be"), called("outer"));
  }
};
enum class Colour { red = -3, green, blue = 100, out_of_reach = 1000 };
enum Plain { plain_a = 1, plain_b = 5 };
enum class Wide : unsigned char { low = 1, high = 200 };
enum class Letter : char { a = 'a', z = 'z' };

namespace {

enum class Hidden { one, two };
struct InNoNamespace {
  double x_value = 0;
};

template <class T>
std::string field_names_of() {
  std::string names;
  for (const Field& field : shape_of<T>().fields) names += std::string(field.name) + " ";
  return names;
}
template <class E>
std::string enumerators_of() {
  std::string names;
  for (const Alternative& a : shape_of<E>().alternatives) names += std::string(a.name) + " ";
  return names;
}

TEST(Names, of_fields_without_macros) {
  EXPECT_EQ(field_names_of<Inner>(), "a b ");
  EXPECT_EQ((field_names_of<Generic<std::map<std::string, int>>>()), "first_thing second ");
  EXPECT_EQ(field_names_of<InNoNamespace>(), "x_value ");
  struct Local {
    int in_function = 0;
    char32_t other = 0;
  };
  EXPECT_EQ(field_names_of<Local>(), "in_function other ");
  EXPECT_EQ(shape_of<Inner>().name, "Inner");
  EXPECT_EQ(shape_of<Generic<int>>().name, "Generic");
  EXPECT_EQ(shape_of<InNoNamespace>().name, "InNoNamespace");
}

TEST(Names, of_enumerators_without_macros) {
  EXPECT_EQ(enumerators_of<Colour>(), "red green blue ");
  EXPECT_EQ(enumerators_of<Plain>(), "plain_a plain_b ");
  EXPECT_EQ(enumerators_of<Wide>(), "low high ");
  EXPECT_EQ(enumerators_of<Letter>(), "a z ");
  EXPECT_EQ(enumerators_of<Hidden>(), "one two ");
}

TEST(Kinds, of_all_types) {
  EXPECT_EQ(shape_of<bool>().kind, ShapeKind::boolean);
  EXPECT_EQ(shape_of<signed char>().kind, ShapeKind::integer);
  EXPECT_EQ(shape_of<unsigned char>().maximum, 255U);
  EXPECT_EQ(shape_of<long>().minimum, std::numeric_limits<long>::min());
  EXPECT_EQ(shape_of<unsigned long long>().maximum, UINT64_MAX);
  EXPECT_EQ(shape_of<float>().bits, 32);
  EXPECT_EQ(shape_of<long double>().bits, 64);
  EXPECT_EQ(shape_of<char32_t>().kind, ShapeKind::character);
  EXPECT_EQ(shape_of<std::filesystem::path>().kind, ShapeKind::path);
  EXPECT_EQ(shape_of<std::chrono::hours>().kind, ShapeKind::duration);
  EXPECT_EQ(shape_of<std::chrono::hours>().period_num, 3600);
  EXPECT_EQ(shape_of<std::chrono::system_clock::time_point>().kind, ShapeKind::time_point);
  EXPECT_TRUE(shape_of<std::chrono::local_seconds>().is_local);
  EXPECT_EQ(shape_of<std::chrono::year_month_day>().kind, ShapeKind::datetime);
  EXPECT_EQ((shape_of<std::unordered_map<std::string, int>>().kind), ShapeKind::map);
  EXPECT_EQ((shape_of<std::set<int>>().kind), ShapeKind::set);
  EXPECT_EQ((shape_of<std::vector<int>>().element), &shape_of<int>());
  EXPECT_EQ((shape_of<std::array<int, 4>>().length), 4U);
  EXPECT_EQ((shape_of<std::tuple<int, bool>>().items[1]), &shape_of<bool>());
  EXPECT_EQ((shape_of<std::variant<int, bool>>().form), VariantForm::untagged);
  EXPECT_EQ(shape_of<Value>().kind, ShapeKind::any);
}

TEST(Unwrap, goes_through_optionals_pointers_tags_and_secrets) {
  EXPECT_EQ(&unwrap(shape_of<std::optional<std::unique_ptr<Tagged<Secret<int>>>>>()), &shape_of<int>());
}

TEST(KnownFields, lift_flattened_ones_and_keep_aliases) {
  auto known = known_fields(shape_of<std::optional<Outer>>());
  std::string names;
  for (const KnownField& field : known) names += std::string(field.name) + " ";
  EXPECT_EQ(names, "a b perhaps more ");
  EXPECT_EQ(known[2].aliases[0], "may-be");
  EXPECT_EQ(&unwrap(*known[2].shape), &shape_of<Inner>());
  EXPECT_TRUE(known_fields(shape_of<std::map<std::string, int>>()).empty());
  EXPECT_TRUE(known_fields(shape_of<int>()).empty());
}

TEST(KeysOpen, where_any_key_may_be) {
  EXPECT_TRUE(keys_open(shape_of<std::map<std::string, int>>()));
  EXPECT_TRUE(keys_open(shape_of<std::optional<Value>>()));
  EXPECT_TRUE(keys_open(shape_of<Outer>()));
  EXPECT_FALSE(keys_open(shape_of<Inner>()));
  EXPECT_FALSE(keys_open(shape_of<int>()));
}

struct Login {
  std::string user;
  Secret<std::string> word;
  std::vector<Secret<int>> pins;
  std::optional<Secret<Inner>> inner;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Login::word).alias("pw"));
  }
};
struct Logins {
  std::map<std::string, Login> by_name;
};
TEST(IsSecret, along_a_path_of_outside_names) {
  const Shape& shape = shape_of<Logins>();
  auto at = [&](std::vector<std::string> path) { return is_secret(shape, path); };
  EXPECT_TRUE(at({"by_name", "me", "word"}));
  EXPECT_TRUE(at({"by_name", "me", "pw"}));
  EXPECT_TRUE(at({"by_name", "me", "pins", "3"}));
  EXPECT_TRUE(at({"by_name", "me", "inner"}));
  EXPECT_TRUE(at({"by_name", "me", "inner", "a"}));
  EXPECT_FALSE(at({"by_name", "me", "user"}));
  EXPECT_FALSE(at({"by_name", "me", "pins"}));
  EXPECT_FALSE(at({"by_name", "me", "other"}));
  EXPECT_FALSE(at({}));
}

TEST(Shapes, are_one_for_each_type) {
  EXPECT_EQ(&shape_of<Inner>(), &shape_of<Inner>());
  EXPECT_EQ(shape_of<Outer>().fields[4].shape->element, &shape_of<Outer>());  // contains itself
  EXPECT_EQ(shape_of<Outer>().name, "outer");
}

}  // namespace
}  // namespace superconfig::testing
