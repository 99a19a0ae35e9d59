#pragma once

#include "mystic/core/map.hpp"
#include "mystic/maps/mpi_options.hpp"
#include "study/reading.hpp"

#include <memory>
#include <optional>
#include <string>

namespace mystic::study {

enum class MapKind { automatic, serial, threads, openmp, mpi };

/// Which map, as chosen on the command line or in the study.
struct MapChoice {
  MapKind kind = MapKind::automatic;  ///< mpi under mpirun, else threads on all cores
  std::optional<Index> threads;       ///< threads, openmp; none: one per core
  MpiOptions mpi;                     ///< mpi
};

/// "serial", "threads[:N]", "openmp[:N]", "mpi[:carddealer|:equalportion]".
/// @param mpi  what the text leaves open about an MPI map
[[nodiscard]] MapChoice parse_map(const std::string& text, const std::string& path, Problems& problems,
                                  const MpiOptions& mpi = {});

/// The same from a study: a text as above, or an object {"kind": "mpi", "prefetch": 2}.
[[nodiscard]] MapChoice read_map(const Json& json, const std::string& path, Problems& problems);

/// The text again; "automatic" for that.
[[nodiscard]] std::string to_string(const MapChoice& choice);

/// Threads or OpenMP; null for serial, which needs none. @throws BadInput if it is not built in
[[nodiscard]] std::unique_ptr<Map> make_local_map(const MapChoice& choice, unsigned cores);

}  // namespace mystic::study
