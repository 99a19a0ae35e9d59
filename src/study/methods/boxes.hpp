#pragma once

#include "mystic/uq/estimate.hpp"
#include "study/study_file.hpp"

#include <vector>

namespace mystic::study {

/// Where each variable may lie, for designs with points at the ends: its bounds, or the support of its
/// law; an end may be infinite.
[[nodiscard]] inline std::vector<Interval> boxes_of(const Study& study) {
  std::vector<Interval> boxes;
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    Interval box{study.variables[i].lower, study.variables[i].upper};
    if (i < study.laws.size() && study.laws[i]) {
      const Support support = study.laws[i]->support();
      if (box.lower == -infinity) box.lower = support.lower;
      if (box.upper == infinity) box.upper = support.upper;
    }
    boxes.push_back(box);
  }
  return boxes;
}

}  // namespace mystic::study
