#include "mystic/plots/svg_canvas.hpp"

#include "page_of_svg.hpp"

#include <gtest/gtest.h>

namespace mystic::plots {
namespace {

TEST(SvgCanvas, WritesNumbersWithTwoDecimalsAndNoNegativeZero) {
  SvgCanvas canvas(100.0, 50.0, "page");
  canvas.line({-0.001, 1.0 / 3.0}, {1e-9, 49.999}, R"(stroke="black")");
  EXPECT_NE(canvas.finished().find(R"(<line x1="0.00" y1="0.33" x2="0.00" y2="50.00" stroke="black"/>)"),
            std::string::npos)
      << canvas.finished();
}

TEST(SvgCanvas, GivesTheWholeTextOfWhatItShortensAsATooltip) {
  SvgCanvas canvas(300.0, 50.0, "a < b");
  const std::string name = "a rather long name & more";
  canvas.text({10.0, 20.0}, name, {.room = 80.0});
  canvas.text({150.0, 20.0}, "short", {.room = 80.0});
  const testing::SvgPage page(canvas.finished());
  ASSERT_EQ(page.texts().size(), 2U);
  EXPECT_NE(page.texts()[0].text.find("…"), std::string::npos);
  EXPECT_EQ(page.texts()[0].tooltip, name);
  EXPECT_LE(page.texts()[0].box.width, 80.0);
  EXPECT_EQ(page.texts()[1].tooltip, "");
}

TEST(SvgCanvas, TurnsTextAboutItsMiddleLine) {
  SvgCanvas canvas(300.0, 200.0, "page");
  canvas.text({50.0, 100.0}, "upwards", {.anchor = Anchor::end, .upwards = true});
  const Box box = testing::SvgPage(canvas.finished()).texts()[0].box;
  EXPECT_NEAR(box.middle().x, 50.0, 0.01);
  EXPECT_NEAR(box.top, 100.0, 0.01) << "its end is where it was put, and it comes from below";
}

}  // namespace
}  // namespace mystic::plots
