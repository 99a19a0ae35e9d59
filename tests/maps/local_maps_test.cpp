// The maps of one process keep the contract of map_contract.cpp.

#include "map_contract.hpp"

#include "mystic/maps/serial.hpp"
#include "mystic/maps/openmp.hpp"
#include "mystic/maps/threads.hpp"

namespace mystic::maps_test {
namespace {

template <class M>
MapMaker pool(const std::string& name, Index threads) {
  return {name + std::to_string(threads), [threads] { return std::make_unique<M>(threads); }};
}

INSTANTIATE_TEST_SUITE_P(Local, MapContract,
                         testing::Values(MapMaker{"serial", [] { return std::make_unique<SerialMap>(); },
                                                  [] { return true; }},
                                         pool<ThreadsMap>("threads", 1), pool<ThreadsMap>("threads", 2),
                                         pool<ThreadsMap>("threads", 7), pool<OpenMPMap>("openmp", 1),
                                         pool<OpenMPMap>("openmp", 2), pool<OpenMPMap>("openmp", 7)),
                         name_of_maker);

}  // namespace
}  // namespace mystic::maps_test
