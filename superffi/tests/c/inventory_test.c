/* The example's surface from C11: every kind of type, argument and mistake, against the emitted header. */
#include "inventory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks;
static void check(bool good, const char *what, int line) {
  ++checks;
  if (good) return;
  fprintf(stderr, "inventory_test.c:%d: %s\n", line, what);
  exit(1);
}
#define CHECK(condition) check(condition, #condition, __LINE__)
#define OK(call) CHECK((call) == INV_OK)
#define TEXT(literal) literal, sizeof(literal) - 1

static bool is(inv_text text, const char *expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0 && text.data[text.size] == 0;
}

static int64_t living(void) {
  int64_t out = -1;
  OK(inv_inventory_living(&out, NULL));
  return out;
}

static inv_inventory *parsed(const char *text) {
  inv_inventory *out = NULL;
  OK(inv_inventory_parse(text, strlen(text), TEXT("Stock"), &out, NULL));
  return out;
}

static void test_objects(void) {
  inv_inventory *one = NULL;
  OK(inv_inventory_new(TEXT("Stock"), &one, NULL));
  inv_text name = {0};
  OK(inv_inventory_name(one, &name, NULL));
  CHECK(is(name, "Stock"));
  inv_text_free(&name);
  CHECK(name.data == NULL);
  OK(inv_inventory_set_name(one, TEXT("Gr\xc3\xb6\xc3\x9f" "e"), NULL));
  OK(inv_inventory_add(one, TEXT("bolts"), 12, INV_UNIT_PIECE, NULL));
  OK(inv_inventory_add(one, TEXT("flour"), 3, INV_UNIT_KILOGRAM, NULL));
  uint64_t size = 0;
  OK(inv_inventory_size(one, &size, NULL));
  CHECK(size == 2);
  OK(inv_inventory_size(one, NULL, NULL)); /* nobody wants it */

  inv_item item = {.name = {"nuts", 4}, .count = 5, .price = {true, 0.25}, .added = {true, {1709289015, 250000000}}};
  inv_text tags[] = {{"steel", 5}, {"small", 5}};
  item.tags.items = tags;
  item.tags.size = 2;
  inv_inventory *two = NULL;
  OK(inv_inventory_with_item(one, &item, &two, NULL));
  OK(inv_inventory_size(one, &size, NULL));
  CHECK(size == 2);
  inv_optional_item found = {0};
  OK(inv_inventory_find(two, TEXT("nuts"), &found, NULL));
  CHECK(found.present && is(found.value.name, "nuts") && found.value.count == 5 && found.value.price.present &&
        found.value.price.value == 0.25 && found.value.tags.size == 2 && is(found.value.tags.items[1], "small"));
  CHECK(found.value.added.present && found.value.added.value.seconds == 1709289015 &&
        found.value.added.value.nanoseconds == 250000000);
  inv_optional_item_free(&found);
  OK(inv_inventory_find(two, TEXT("none"), &found, NULL));
  CHECK(!found.present);
  inv_optional_item_free(&found);

  /* Used up: the handle stays and says so. */
  inv_inventory *three = NULL;
  OK(inv_inventory_renamed(two, TEXT("Other"), &three, NULL));
  inv_error *error = NULL;
  CHECK(inv_inventory_total(two, NULL, &error) == INV_CLOSED);
  CHECK(strcmp(inv_error_message(error), "the object is null or used up") == 0);
  inv_error_free(error);
  OK(inv_inventory_absorb(one, three, NULL));
  CHECK(inv_inventory_absorb(one, three, NULL) == INV_CLOSED);
  CHECK(inv_inventory_absorb(one, one, &error) == INV_INVALID_ARGUMENT);
  CHECK(strcmp(inv_error_message(error), "the object is held by others and cannot be used up") == 0);
  inv_error_free(error);
  uint64_t total = 0;
  OK(inv_inventory_total(one, &total, NULL));
  CHECK(total == 12 + 3 + 12 + 3 + 5);
  inv_inventory_free(three);
  inv_inventory_free(two);
  inv_inventory_free(one);
  inv_inventory_free(NULL);
}

static void test_shared(void) {
  inv_inventory *one = parsed("bolts 1");
  inv_shelf shelf = 0;
  OK(inv_shelf_new(one, &shelf, NULL));
  CHECK(shelf > 1000000000000);
  CHECK(inv_shelf_content(shelf + 1, NULL, NULL) == INV_CLOSED);
  CHECK(inv_shelf_content(0, NULL, NULL) == INV_CLOSED);
  inv_inventory *content = NULL;
  OK(inv_shelf_content(shelf, &content, NULL));
  OK(inv_inventory_add(content, TEXT("bolts"), 1, INV_UNIT_PIECE, NULL));
  inv_optional_int64 count = {0};
  OK(inv_inventory_count(one, TEXT("bolts"), &count, NULL));
  CHECK(count.present && count.value == 2);
  bool holds = false;
  OK(inv_shelf_holds(shelf, one, &holds, NULL));
  CHECK(holds);
  inv_shelf_free(shelf);
  inv_shelf_free(shelf); /* a number may be freed twice */
  CHECK(inv_shelf_content(shelf, NULL, NULL) == INV_CLOSED);
  inv_list_inventory list = {0};
  OK(inv_split(one, &list, NULL));
  CHECK(list.size == 1);
  OK(inv_inventory_count(list.items[0], TEXT("bolts"), &count, NULL));
  CHECK(count.value == 2);
  inv_list_inventory_free(&list);
  inv_inventory_free(content);
  inv_inventory_free(one);
}

static void test_types(void) {
  int64_t number = 0;
  OK(inv_echo_int64(INT64_MIN, &number, NULL));
  CHECK(number == INT64_MIN);
  uint64_t natural = 0;
  OK(inv_echo_uint64(UINT64_MAX, &natural, NULL));
  CHECK(natural == UINT64_MAX);

  inv_optional_text text = {0};
  OK(inv_echo_optional(NULL, &text, NULL));
  CHECK(!text.present);
  inv_text given = {"a\0b", 3};
  OK(inv_echo_optional(&given, &text, NULL));
  CHECK(text.present && text.value.size == 3 && memcmp(text.value.data, "a\0b", 4) == 0);
  inv_optional_text_free(&text);

  inv_inventory *one = parsed("bolts 12; nuts 3");
  inv_bytes bytes = {0};
  OK(inv_inventory_to_bytes(one, &bytes, NULL));
  CHECK(bytes.size == 16 && memcmp(bytes.data, "bolts 12;nuts 3;", 16) == 0);
  inv_inventory *back = NULL;
  OK(inv_inventory_from_bytes(bytes.data, bytes.size, &back, NULL));
  inv_bytes_free(&bytes);
  inv_map_int64 counts = {0};
  OK(inv_inventory_counts(back, &counts, NULL));
  CHECK(counts.size == 2 && is(counts.entries[0].key, "bolts") && counts.entries[0].value == 12 &&
        is(counts.entries[1].key, "nuts") && counts.entries[1].value == 3);
  inv_map_int64_free(&counts);
  inv_entry_int64 entries[] = {{{"b", 1}, 1}, {{"a", 1}, -2}};
  OK(inv_inventory_set_counts(back, entries, 2, NULL));
  inv_text tags[] = {{"x", 1}, {"", 0}};
  OK(inv_inventory_tag(back, TEXT("a"), tags, 2, NULL));
  inv_list_item items = {0};
  OK(inv_inventory_items(back, &items, NULL));
  CHECK(items.size == 2 && is(items.items[0].name, "b") && items.items[1].count == -2 && items.items[1].tags.size == 2);
  inv_list_item_free(&items);

  inv_optional_int32 row[] = {{true, 1}, {false, 0}};
  inv_list_optional_int32 rows[] = {{row, 2}, {NULL, 0}};
  inv_list_list_optional_int32 lists = {0};
  OK(inv_echo_lists(rows, 2, &lists, NULL));
  CHECK(lists.size == 2 && lists.items[0].size == 2 && lists.items[0].items[0].value == 1 &&
        !lists.items[0].items[1].present && lists.items[1].size == 0);
  inv_list_list_optional_int32_free(&lists);

  inv_date day = {1969, 12, 31};
  OK(inv_inventory_set_opened(back, &day, NULL));
  inv_date read = {0};
  OK(inv_inventory_opened(back, &read, NULL));
  CHECK(read.year == 1969 && read.month == 12 && read.day == 31);
  inv_time time = {-2, 500000000};
  OK(inv_inventory_twice(&time, &time, NULL));
  CHECK(time.seconds == -3 && time.nanoseconds == 0);

  inv_tree leaves[] = {{.kind = INV_TREE_INT64, .as.int64 = -1}, {.kind = INV_TREE_TEXT, .size = 1, .as.text = "x"}};
  inv_tree_entry entry = {{"key", 3}, {.kind = INV_TREE_LIST, .size = 2, .as.items = leaves}};
  inv_tree tree = {.kind = INV_TREE_MAP, .size = 1, .as.entries = &entry};
  inv_tree out = {0};
  OK(inv_echo_note(&tree, &out, NULL));
  CHECK(out.kind == INV_TREE_MAP && out.size == 1 && is(out.as.entries[0].key, "key"));
  CHECK(out.as.entries[0].value.size == 2 && out.as.entries[0].value.as.items[0].as.int64 == -1);
  inv_tree_free(&out);
  tree.kind = 99;
  CHECK(inv_echo_note(&tree, &out, NULL) == INV_INVALID_ARGUMENT);
  inv_inventory_free(back);
  inv_inventory_free(one);
}

static void test_errors(void) {
  inv_inventory *out = (inv_inventory *)&checks;
  inv_error *error = NULL;
  CHECK(inv_inventory_parse(TEXT("bolts x; flour 3 boxes"), TEXT("n"), &out, &error) == INV_FAILED);
  CHECK(out == (inv_inventory *)&checks); /* untouched */
  CHECK(inv_error_status(error) == INV_FAILED);
  CHECK(inv_inventory_error_count(error) == 2);
  const inv_problem *problem = inv_inventory_error_at(error, 1);
  CHECK(problem->code == INV_PROBLEM_CODE_INVALID && problem->path.size == 2 && is(problem->path.items[0], "flour") &&
        is(problem->found, "\"boxes\""));
  CHECK(inv_inventory_error_at(error, 2) == NULL);
  CHECK(strstr(inv_error_message(error), "flour: unit: expected piece, kilogram or none") != NULL);
  inv_error_free(error);
  CHECK(inv_inventory_parse(TEXT("bolts x"), TEXT("n"), &out, NULL) == INV_FAILED);

  inv_inventory *one = parsed("bolts 1");
  CHECK(inv_inventory_total(NULL, NULL, NULL) == INV_CLOSED);
  CHECK(inv_inventory_add(one, NULL, 5, 1, INV_UNIT_PIECE, NULL) == INV_INVALID_ARGUMENT);
  CHECK(inv_inventory_add(one, TEXT("a"), 1, 77, &error) == INV_INVALID_ARGUMENT);
  CHECK(strcmp(inv_error_message(error), "argument `unit`: not a value of the enumeration") == 0);
  inv_error_free(error);
  CHECK(inv_inventory_with_item(one, NULL, NULL, NULL) == INV_INVALID_ARGUMENT);
  CHECK(inv_inventory_filter(one, NULL, NULL, NULL, NULL, NULL) == INV_INVALID_ARGUMENT);
  OK(inv_inventory_delete(one, TEXT("bolts"), NULL));
  CHECK(inv_inventory_delete(one, TEXT("bolts"), NULL) == INV_FAILED);
  inv_inventory_free(one);
}

static inv_status many(void *context, const inv_item *item, bool *out) {
  ++*(int *)context;
  *out = item->count > 5;
  return INV_OK;
}
static inv_status line(void *context, const char *name, size_t name_size, int64_t count, inv_text *out) {
  (void)context;
  char *text = inv_allocate(64);
  out->data = text;
  out->size = (size_t)snprintf(text, 64, "%.*s=%lld;", (int)name_size, name, (long long)count);
  return INV_OK;
}
static inv_status refuses(void *context, const inv_item *item, int64_t *out) {
  (void)item, (void)out;
  if (context != NULL) inv_callback_failed(context, strlen(context));
  return 9;
}
static inv_status fails(void *context, const inv_item *item, bool *out) {
  (void)context, (void)item, (void)out;
  return INV_FAILED;
}
static inv_status hears(void *context, const char *what, size_t what_size) {
  strncat(context, what, what_size);
  return INV_OK;
}
static inv_status until(void *context, int64_t count, bool *out) {
  *out = count < *(int64_t *)context;
  return INV_OK;
}
static void released(void *context) { strcat(context, "!"); }

static void test_callbacks(void) {
  inv_inventory *one = parsed("bolts 12; nuts 3");
  int calls = 0;
  inv_inventory *kept = NULL;
  OK(inv_inventory_filter(one, many, &calls, NULL, &kept, NULL));
  uint64_t size = 0;
  OK(inv_inventory_size(kept, &size, NULL));
  CHECK(calls == 2 && size == 1);
  inv_inventory_free(kept);
  OK(inv_inventory_filter(one, fails, NULL, NULL, &kept, NULL)); /* a failed callback gives false */
  OK(inv_inventory_size(kept, &size, NULL));
  CHECK(size == 0);
  inv_inventory_free(kept);

  inv_text text = {0};
  OK(inv_inventory_describe(one, line, NULL, NULL, &text, NULL));
  CHECK(is(text, "bolts=12;nuts=3;"));
  inv_text_free(&text);

  inv_error *error = NULL;
  CHECK(inv_inventory_sum(one, refuses, "no scale", NULL, NULL, &error) == INV_FAILED);
  const inv_problem *problem = inv_inventory_error_at(error, 0);
  CHECK(problem->code == INV_PROBLEM_CODE_CALLBACK && is(problem->found, "no scale"));
  inv_error_free(error);
  CHECK(inv_inventory_sum(one, refuses, NULL, NULL, NULL, &error) == INV_FAILED);
  CHECK(is(inv_inventory_error_at(error, 0)->found, "status 9 of the callback"));
  inv_error_free(error);

  char heard[64] = "";
  OK(inv_inventory_subscribe(one, hears, heard, released, NULL));
  OK(inv_inventory_add(one, TEXT("bolts"), 1, INV_UNIT_PIECE, NULL));
  OK(inv_inventory_changed(one, TEXT("-all"), NULL));
  CHECK(strcmp(heard, "bolts-all") == 0);
  int64_t limit = 13, sum = 0;
  OK(inv_inventory_count_slowly(one, until, &limit, NULL, &sum, NULL));
  CHECK(sum == 13);
  inv_inventory_free(one);
  CHECK(strcmp(heard, "bolts-all!") == 0);
}

int main(void) {
  CHECK(inv_surface_checksum() == INV_SURFACE_CHECKSUM);
  const int64_t before = living();
  test_objects();
  test_shared();
  test_types();
  test_errors();
  test_callbacks();
  CHECK(living() == before);
  printf("%d checks from C\n", checks);
  return 0;
}
