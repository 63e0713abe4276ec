// Types described by data: what is extracted is a Value, written again.
#include "superconfig/reflect/dynamic_shape.hpp"

#include <gtest/gtest.h>

#include <string>

#include "superconfig/extract/extract.hpp"
#include "superconfig/reflect/shape_of.hpp"

namespace superconfig::testing {
namespace {

std::string read(const Value& value, const Shape& shape, ExtractOptions options = {}) {
  auto result = extract_value(Found{&value, {}}, shape, options);
  if (result) return result->to_string();
  std::string text;
  for (const Error& e : result.errors())
    text += std::string(name_of(e.code)) + " " + e.path_text() + (e.field.empty() ? "" : "#" + e.field) + " ";
  return text;
}

TEST(DynamicShape, checks_and_writes_again) {
  DynamicShape types;
  const Shape& server = types.structure(
      "Server", {{.name = "host", .shape = &types.string(), .required = true},
                 {.name = "port", .shape = &types.unsigned_integer(16), .aliases = {"p"}, .default_value = Value(80)},
                 {.name = "note", .shape = &types.optional(types.string())},
                 {.name = "weight", .shape = &types.floating(32)}});
  EXPECT_EQ(read(Value::dict({{"host", "h"}, {"junk", 1}}), server),
            Value::dict({{"host", "h"}, {"port", 80}, {"note", nullptr}}).to_string());
  EXPECT_EQ(
      read(Value::dict({{"host", "h"}, {"p", 1}, {"note", "n"}, {"weight", 0.1}}), server),
      Value::dict({{"host", "h"}, {"port", 1}, {"note", "n"}, {"weight", static_cast<double>(0.1F)}}).to_string());
  EXPECT_EQ(read(Value::dict({{"p", "x"}, {"note", 1}}), server),
            "invalid_type p invalid_type note missing_field #host ");
}

TEST(DynamicShape, of_every_kind) {
  DynamicShape t;
  EXPECT_EQ(read(true, t.boolean()), "true");
  EXPECT_EQ(read(-129, t.signed_integer(8)), "invalid_value  ");
  EXPECT_EQ(read(-128, t.signed_integer(8)), "-128");
  EXPECT_EQ(read(UINT64_MAX, t.unsigned_integer(64)), "18446744073709551615");
  EXPECT_EQ(read(-1, t.integer()), "-1");
  EXPECT_EQ(read(UINT64_MAX, t.integer()), "18446744073709551615");
  EXPECT_EQ(read(1, t.floating()), "1.0");
  EXPECT_EQ(read("é", t.character()), "\"é\"");
  EXPECT_EQ(read("1h", t.duration()), "3600.0");
  EXPECT_EQ(read("1KiB", t.byte_size()), "1024");
  EXPECT_EQ(read(Value::array({1, 2, 1}), t.set(t.integer())), "[1,2]");
  EXPECT_EQ(read(Value::array({1, "a"}), t.tuple({&t.integer(), &t.string()})), "[1,\"a\"]");
  EXPECT_EQ(read(Value::array({1}), t.array(t.integer(), 2)), "invalid_length  ");
  EXPECT_EQ(read(Value::array(), t.array(t.integer(), 0)), "[]");
  EXPECT_EQ(read(Value::dict({{"a", 1}}), t.map(t.boolean())), "invalid_type a ");
  EXPECT_EQ(read("b", t.enumeration("E", {{.name = "a"}, {.name = "b"}})), "\"b\"");
  EXPECT_EQ(read("c", t.enumeration("E", {{.name = "a"}, {.name = "b"}})), "unknown_variant  ");
  EXPECT_EQ(read(nullptr, t.optional(t.integer())), "null");
  EXPECT_EQ(read("x", t.secret(t.string())), "\"x\"");
  EXPECT_EQ(read("data/x", t.relative_path()),
            Value::dict({{"original", "data/x"}, {"relative", "data/x"}, {"metadata_path", nullptr}}).to_string());
}

TEST(DynamicShape, variants_in_their_forms) {
  DynamicShape t;
  const Shape& disk = t.structure("disk", {{.name = "path", .shape = &t.string(), .required = true}});
  std::vector<DynamicShape::AlternativeParts> alternatives = {{.name = "memory"}, {.name = "disk", .content = &disk}};
  const Shape& external = t.variant("Store", VariantForm::external, "", alternatives);
  const Shape& internal = t.variant("Store", VariantForm::internal, "type", alternatives);
  const Shape& untagged = t.variant("Store", VariantForm::untagged, "", alternatives);
  Value content = Value::dict({{"path", "p"}});
  Value tagged = Value::dict({{"type", "disk"}, {"path", "p"}});
  EXPECT_EQ(read("memory", external), "\"memory\"");
  EXPECT_EQ(read(Value::dict({{"disk", content}}), external), Value::dict({{"disk", content}}).to_string());
  EXPECT_EQ(read(tagged, internal), tagged.to_string());
  EXPECT_EQ(read(Value::dict({{"type", "memory"}}), internal), Value::dict({{"type", "memory"}}).to_string());
  EXPECT_EQ(read(content, untagged), content.to_string());
  EXPECT_EQ(read(nullptr, untagged), "null");
}

TEST(DynamicShape, rules_and_checks_with_state) {
  DynamicShape t;
  int calls = 0;
  const Shape& shape = t.structure("S", {{.name = "n",
                                          .shape = &t.integer(),
                                          .minimum = 1,
                                          .maximum = 9,
                                          .check =
                                              [&calls](const Value& v) {
                                                ++calls;
                                                return *v.as_i64() != 5;
                                              },
                                          .expected = "not five"},
                                         {.name = "s", .shape = &t.string(), .pattern = "a*"},
                                         {.name = "d", .shape = &t.duration(), .unit = "ms"}});
  EXPECT_EQ(read(Value::dict({{"n", 5}, {"s", "b"}, {"d", 250}}), shape), "invalid_value n invalid_value s ");
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(read(Value::dict({{"n", 4}, {"d", 250}}), shape), Value::dict({{"n", 4}, {"d", 0.25}}).to_string());
  EXPECT_EQ(read(Value::dict({{"n", 10}}), shape), "invalid_value n ");
}

TEST(DynamicShape, may_contain_itself_and_be_moved) {
  DynamicShape t;
  Shape& again = t.placeholder();
  const Shape& node = t.structure("Node", {{.name = "value", .shape = &t.integer(), .required = true},
                                           {.name = "next", .shape = &t.optional(again)}});
  t.resolve(again, node);
  DynamicShape moved = std::move(t);
  EXPECT_EQ(read(Value::dict({{"value", 1}, {"next", Value::dict({{"value", "x"}})}}), node),
            "invalid_type next.value ");
}

TEST(DynamicShape, more_than_64_fields) {
  DynamicShape t;
  std::vector<DynamicShape::FieldParts> fields;
  Value value = Value::dict();
  for (int i = 0; i < 200; ++i) {
    fields.push_back({.name = "f" + std::to_string(i), .shape = &t.integer(), .required = true});
    if (i != 150) value.set("f" + std::to_string(199 - i), i);
  }
  const Shape& shape = t.structure("Big", std::move(fields));
  EXPECT_EQ(read(value, shape), "missing_field #f49 ");
}

TEST(DynamicShape, to_value_gives_the_value) {
  DynamicShape t;
  Value object = Value::dict({{"a", 1}});
  EXPECT_EQ(detail::to_value(t.map(t.integer()), &object), object);
}

}  // namespace
}  // namespace superconfig::testing
