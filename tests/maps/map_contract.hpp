#pragma once

#include "mystic/core/map.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

namespace mystic::maps_test {

/// A map under test. Under MPI every rank makes it and runs the same tests; only the steering one has
/// anything to assert.
struct MapMaker {
  std::string name;
  std::function<std::unique_ptr<Map>()> make;
  /// In the driving thread: nothing goes on outside of wait().
  std::function<bool()> computes_in_wait = [] { return false; };
};

inline void PrintTo(const MapMaker& maker, std::ostream* stream) { *stream << maker.name; }

/// What every map promises, see map_contract.cpp; the maps themselves are named where they are built.
class MapContract : public testing::TestWithParam<MapMaker> {
 protected:
  static bool computes_in_wait() { return GetParam().computes_in_wait(); }

  std::unique_ptr<Map> map_ = GetParam().make();
};

inline std::string name_of_maker(const testing::TestParamInfo<MapMaker>& info) {
  return info.param.name;
}

}  // namespace mystic::maps_test
