// Epochs and cells, in every order of their operations within a bound on preemptions. That the explorer finds what is
// wrong is shown by protocols that are: without a pin, without the second look at the generation, without the count
// beside the free list's head.

#include "interleaving.hpp"

#include <gtest/gtest.h>

#include <set>

#include "registry/cells.hpp"
#include "registry/epochs.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SKIP_UNDER_SANITIZERS() GTEST_SKIP() << "contexts that are switched by hand confuse the sanitizer"
#else
#define SKIP_UNDER_SANITIZERS() (void)0
#endif

namespace superconfig::detail {
namespace {

using interleaving::Explorer;
using Epochs = detail::Epochs<interleaving::Atomics>;

struct Object {
  explicit Object(int n) : number(n) {}
  int number;
  bool destroyed = false;
};
void destroy(void* object) noexcept { static_cast<Object*>(object)->destroyed = true; }

struct EpochWorld {
  std::vector<std::unique_ptr<Object>> objects;
  interleaving::Stepped<Object*> current{nullptr};
  std::unique_ptr<Epochs> epochs = std::make_unique<Epochs>();

  explicit EpochWorld(int count) {
    for (int i = 0; i < count; ++i) objects.push_back(std::make_unique<Object>(i));
    current.store(objects[0].get());
  }
  void read(bool pins) {
    auto* record = epochs->acquire_record();
    if (pins) epochs->pin(*record);
    auto* found = current.load();
    for (int look = 0; look < 2; ++look) {
      Explorer::step();
      if (found->destroyed) Explorer::fail();
    }
    if (pins) epochs->unpin(*record);
    epochs->release_record(record);
  }
  void publish(int first, int last) {
    auto* record = epochs->acquire_record();
    for (int i = first; i <= last; ++i)
      epochs->retire(*record, current.exchange(objects[static_cast<std::size_t>(i)].get()), destroy);
    epochs->release_record(record);
  }
  void all_but_current_are_destroyed() {
    auto* record = epochs->acquire_record();
    epochs->collect(*record);
    epochs->release_record(record);
    for (const auto& object : objects)
      if (object->destroyed == (object.get() == current.load())) Explorer::fail();
  }
};

Explorer::Outcome explore_epochs(bool pins, int readers, std::size_t preemptions) {
  Explorer explorer;
  return explorer.explore(
      [&] {
        auto world = std::make_shared<EpochWorld>(3);
        Explorer::Run run{{[=] { world->publish(1, 2); }}, [=] { world->all_but_current_are_destroyed(); }};
        for (int i = 0; i < readers; ++i) run.threads.push_back([=] { world->read(pins); });
        return run;
      },
      {.preemptions = preemptions, .runs = 400'000});
}

TEST(Interleaving, nothing_is_destroyed_that_a_pinned_reader_may_be_looking_at) {
  SKIP_UNDER_SANITIZERS();
  for (const auto& [readers, preemptions] : {std::pair{1, 3U}, {2, 2U}}) {
    const auto outcome = explore_epochs(true, readers, preemptions);
    EXPECT_TRUE(outcome.complete);
    EXPECT_GT(outcome.runs, 5'000U);
    EXPECT_EQ(outcome.failed, 0U);
  }
}

TEST(Interleaving, a_reader_that_does_not_pin_is_caught) {
  SKIP_UNDER_SANITIZERS();
  EXPECT_GT(explore_epochs(false, 1, 2).failed, 0U);
}

TEST(Interleaving, two_publishers_destroy_each_object_once_and_only_when_nobody_looks) {
  SKIP_UNDER_SANITIZERS();
  Explorer explorer;
  const auto outcome = explorer.explore(
      [] {
        auto world = std::make_shared<EpochWorld>(3);
        return Explorer::Run{{[=] { world->publish(1, 1); }, [=] { world->publish(2, 2); }, [=] { world->read(true); }},
                             [=] { world->all_but_current_are_destroyed(); }};
      },
      {.preemptions = 2, .runs = 400'000});
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.failed, 0U);
}

// ---- cells ----

using Layout = IdLayout<2, 3>;
using Table = CellTable<interleaving::Atomics, Layout, Object>;
constexpr auto nothing_to_prepare = [](auto&) {};

TEST(Interleaving, an_id_never_gives_what_another_id_names) {
  SKIP_UNDER_SANITIZERS();
  for (const bool looks_twice : {true, false}) {
    Explorer explorer;
    const auto outcome = explorer.explore(
        [&] {
          struct World {
            Table table{1};
            Object first{1}, second{2};
            std::uint64_t id = 0;
          };
          auto world = std::make_shared<World>();
          world->id = world->table.insert(&world->first, nothing_to_prepare).id;
          const auto reader = [=] {
            auto* cell = world->table.find(world->id);
            bool live = Table::is_live(*cell, world->id);
            Object* found = nullptr;
            if (looks_twice) {
              found = Table::load(*cell, world->id, live);
            } else if (live) {
              found = cell->current.load();
            }
            if (live && found != &world->first) Explorer::fail();
          };
          const auto writer = [=] {
            auto* cell = world->table.find(world->id);
            if (Table::unlink(*cell) != &world->first) Explorer::fail();
            world->table.give_back(*cell, world->id);
            const auto made = world->table.insert(&world->second, nothing_to_prepare);
            if (made.id == world->id || !made.reused) Explorer::fail();
          };
          return Explorer::Run{{reader, writer}, nullptr};
        },
        {.preemptions = 4, .runs = 400'000});
    EXPECT_TRUE(outcome.complete);
    if (looks_twice) {
      EXPECT_EQ(outcome.failed, 0U);
    } else {
      EXPECT_GT(outcome.failed, 0U) << "the explorer should see why the second look is there";
    }
  }
}

TEST(Interleaving, no_slot_is_given_out_twice_at_once) {
  SKIP_UNDER_SANITIZERS();
  Explorer explorer;
  const auto outcome = explorer.explore(
      [] {
        struct World {
          Table table{1};
          Object object{0};
          std::vector<std::uint64_t> live;
        };
        auto world = std::make_shared<World>();
        // Two free slots, so that a pop can be overtaken by pops and a push.
        std::vector<std::uint64_t> ids;
        for (int i = 0; i < 2; ++i) ids.push_back(world->table.insert(&world->object, nothing_to_prepare).id);
        for (const auto id : ids) {
          (void)Table::unlink(*world->table.find(id));
          world->table.give_back(*world->table.find(id), id);
        }
        const auto take = [=] { return world->table.insert(&world->object, nothing_to_prepare).id; };
        const auto first = [=] { world->live.push_back(take()); };
        const auto second = [=] {
          const auto a = take();
          const auto b = take();
          (void)Table::unlink(*world->table.find(a));
          world->table.give_back(*world->table.find(a), a);
          world->live.push_back(b);
          world->live.push_back(take());
        };
        return Explorer::Run{{first, second}, [=] {
                               std::set<std::uint32_t> slots;
                               for (const auto id : world->live)
                                 if (id == 0 || !slots.insert(Layout::slot(id)).second) Explorer::fail();
                             }};
      },
      {.preemptions = 4, .runs = 400'000});
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.failed, 0U);
}

// ---- without threads ----

TEST(CellTable, no_id_comes_back_and_slots_retire_when_their_generations_are_used) {
  for (const std::uint32_t first_generation : {1U, 4U, 7U}) {
    CellTable<sync::RealAtomics, Layout, Object> table(first_generation);
    Object object(0);
    std::set<std::uint64_t> seen;
    std::size_t retired = 0;
    for (;;) {
      const auto made = table.insert(&object, nothing_to_prepare);
      if (made.id == 0) break;
      EXPECT_TRUE(seen.insert(made.id).second) << made.id;
      EXPECT_TRUE(table.is_live(*made.cell, made.id));
      EXPECT_EQ(table.unlink(*made.cell), &object);
      if (!table.give_back(*made.cell, made.id)) ++retired;
      for (const auto id : seen) EXPECT_FALSE(table.is_live(*table.find(id), id)) << id;
    }
    EXPECT_EQ(seen.size(), 4U * 7U);  // 4 slots, 7 generations each
    EXPECT_EQ(retired, 4U);
    EXPECT_FALSE(seen.contains(0));
  }
}

TEST(CellTable, the_stamp_moves_with_everything_that_happens_to_a_cell) {
  CellTable<sync::RealAtomics, Layout, Object> table(1);
  Object a(1), b(2);
  auto made = table.insert(&a, nothing_to_prepare);
  auto& cell = *made.cell;
  std::uint64_t last = 0;
  const auto moved = [&] { return std::exchange(last, cell.stamp.load()) < cell.stamp.load(); };
  EXPECT_TRUE(moved());
  EXPECT_EQ(table.publish(cell, &b), &a);
  EXPECT_TRUE(moved());
  EXPECT_EQ(cell.version.load(), 2U);
  EXPECT_EQ(table.convert(cell, &a), &b);
  EXPECT_TRUE(moved());
  EXPECT_EQ(cell.version.load(), 2U);
  EXPECT_EQ(table.unlink(cell), &a);
  EXPECT_TRUE(moved());
  table.give_back(cell, made.id);
  made = table.insert(&b, nothing_to_prepare);
  EXPECT_EQ(made.cell, &cell);
  EXPECT_TRUE(moved());
  EXPECT_EQ(cell.version.load(), 1U);
}

TEST(Ids, of_another_shape_are_refused) {
  CellTable<sync::RealAtomics, HandleBits, Object> table(5);
  Object object(0);
  const auto made = table.insert(&object, nothing_to_prepare);
  EXPECT_EQ(HandleBits::generation(made.id), 5U);
  for (const std::uint64_t id : {std::uint64_t{0}, std::uint64_t{1}, made.id + 1, made.id | (std::uint64_t{1} << 53U),
                                 UINT64_MAX, HandleBits::last_id}) {
    const auto* cell = table.find(id);
    EXPECT_TRUE(!cell || !table.is_live(*cell, id)) << id;
  }
}

}  // namespace
}  // namespace superconfig::detail
