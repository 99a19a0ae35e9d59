#pragma once

#include "mystic/core/options.hpp"

namespace mystic {

/// How tasks are given to the ranks that compute.
enum class Deal {
  carddealer,    ///< the next task to whoever is free
  equalportion,  ///< fixed shares: number i of n goes where the balanced layout puts it
};

/// Needs no MPI, so that a build without it can still list the options.
struct MpiOptions {
  static constexpr std::string_view title = "mpi map";

  std::string deal = "carddealer";
  Index prefetch = 1;
  double liveness = 15.0;
  bool watch_processes = true;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("deal", self.deal, Choices{{"carddealer", "equalportion"}},
          "carddealer: the next task to whoever is free; equalportion: fixed, balanced shares");
    field("prefetch", self.prefetch, Range{.lower = 1, .upper = 1000},
          "tasks a worker holds at once, one of which it computes; 2 hides the way of a message where "
          "tasks take less than about 1 ms, but with long tasks one may wait while a worker is free");
    field("liveness", self.liveness, Range{.lower = 0.2, .upper = 3600, .unit = "s"},
          "a rank that has not been heard of for so long is taken for dead");
    field("watch_processes", self.watch_processes, Anything{},
          "look after the processes of ranks on the same machine, so that a death is known at once; "
          "no: go by signs of life alone, everywhere");
  }
};

}  // namespace mystic
