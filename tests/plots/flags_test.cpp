#include "src/plots/flags.hpp"

#include "mystic/plots/plot_text.hpp"
#include "src/plots/place_labels.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic::plots {
namespace {

Box box_of(const Flag& flag) {
  const double width = std::min(text_width(flag.label, 11.0), flag_room);
  return {flag.right ? flag.x : flag.x - width, -static_cast<double>(flag.row) - 1.0, width, 1.0};
}

std::vector<Flag> raised(std::vector<Flag> flags) {
  raise(flags, 60.0, 704.0);
  return flags;
}

TEST(Flags, StandInOneRowWhereThereIsRoom) {
  for (const Flag& flag : raised({{100.0, "5 %"}, {300.0, "mean"}, {500.0, "95 %"}})) {
    EXPECT_EQ(flag.row, 0);
    EXPECT_TRUE(flag.right);
  }
}

TEST(Flags, NeverOverlapAndStayOnThePage) {
  std::vector<Flag> flags;
  for (int k = 0; k < 14; ++k) {
    flags.push_back(
        {80.0 + std::fmod(97.0 * k, 610.0), k % 3 == 0 ? "a threshold of some length" : "5 %"});
  }
  flags.push_back({698.0, "at the edge"});
  flags.push_back({698.0, "at the same place"});
  const std::vector<Flag> found = raised(flags);
  ASSERT_EQ(found.size(), flags.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_GE(box_of(found[i]).left, 60.0) << found[i].label;
    EXPECT_LE(box_of(found[i]).right(), 704.0) << found[i].label;
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(box_of(found[i]).overlaps(box_of(found[j])));
  }
}

TEST(Flags, LetNoPoleRunThroughAnotherFlagIfTheyPointToTheRight) {
  const std::vector<Flag> found =
      raised({{300.0, "mean 13.8"}, {310.0, "median 13.9"}, {320.0, "95 % quantile"}, {305.0, "q"}});
  for (const Flag& pole : found) {
    for (const Flag& flag : found) {
      const Box box = box_of(flag);
      EXPECT_FALSE(flag.row < pole.row && box.left < pole.x && pole.x < box.right())
          << pole.label << " through " << flag.label;
    }
  }
}

class PlacedLabels : public ::testing::Test {
 protected:
  static constexpr Box frame{50.0, 0.0, 600.0, 400.0};

  static Box box_of(const PlacedLabel& placed, const std::string& text) {
    const double width = text_width(text, 11.0);
    return {placed.at.x - 0.5 * width, placed.at.y - 5.5, width, 11.0};
  }
};

TEST_F(PlacedLabels, TouchNoLabelNoPointAndNotTheFrame) {
  std::vector<PointLabel> labels;
  for (int k = 0; k < 40; ++k) {
    const double turn = std::sin(12.9898 * k * k);
    labels.push_back({{60.0 + 290.0 * (1.0 + turn), 200.0 + 190.0 * std::cos(3.1 * k * k)},
                      "input" + std::to_string(k)});
  }
  const auto placed = place_labels(labels, frame, {}, {}, {.size = 11.0});
  std::vector<Box> boxes;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (!placed[k]) continue;
    const Box box = box_of(*placed[k], labels[k].text);
    EXPECT_TRUE(frame.holds(box)) << labels[k].text;
    for (const Box& other : boxes) EXPECT_FALSE(box.overlaps(other)) << labels[k].text;
    for (const PointLabel& point : labels) {
      EXPECT_FALSE(box.overlaps({point.at.x - 4.0, point.at.y - 4.0, 8.0, 8.0})) << labels[k].text;
    }
    boxes.push_back(box);
  }
  EXPECT_GE(boxes.size(), 36U) << "nearly all find room";
}

TEST_F(PlacedLabels, ServeTheFirstFirstAndLeaveOutWhatFindsNoRoom) {
  const std::vector<PointLabel> labels(60, {{60.0, 390.0}, "a name of some length"});
  const auto placed = place_labels(labels, frame, {}, {}, {.size = 11.0});
  EXPECT_TRUE(placed.front().has_value());
  EXPECT_FALSE(placed.back().has_value());
}

TEST_F(PlacedLabels, KeepOffWhatIsToBeAvoided) {
  const std::vector<Box> line{{204.0, 199.0, 100.0, 2.0}};
  const auto placed = place_labels({{{200.0, 200.0}, "name"}}, frame, {}, line, {.size = 11.0});
  EXPECT_FALSE(box_of(*placed[0], "name").overlaps(line[0]));
  const auto free = place_labels({{{200.0, 200.0}, "name"}}, frame, {}, {}, {.size = 11.0});
  EXPECT_TRUE(box_of(*free[0], "name").overlaps(line[0])) << "it would have stood there";
}

}  // namespace
}  // namespace mystic::plots
